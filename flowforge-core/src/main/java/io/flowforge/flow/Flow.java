package io.flowforge.flow;

import io.flowforge.InvalidFlowException;
import io.flowforge.internal.document.FlowDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A graph of nodes joined by edges, as data.
 *
 * <p>Read from JSON or YAML with {@link #load(Path)} and {@link #parse(String)}, or made in code:
 *
 * <pre>{@code
 * Flow flow =
 *     Flow.builder("greeting")
 *         .node("hello", "set", node -> node.config("values", Map.of("text", "Hello ${inputs.name}")))
 *         .node("show", "log", node -> node.config("message", "${hello.output.text}"))
 *         .edge("hello", "show")
 *         .build();
 * }</pre>
 *
 * <p>A flow made or read is well formed as a document; whether its graph, types and expressions fit
 * is checked by the engine that knows the node types. Immutable.
 */
public final class Flow {
  private final Builder parts;
  private volatile @Nullable String contentHash;

  private Flow(Builder parts) {
    this.parts = parts;
  }

  /**
   * Begins a flow.
   *
   * @param id 1–128 of {@code [A-Za-z0-9_-]}, first a letter or digit
   * @return a builder
   */
  public static Builder builder(String id) {
    return new Builder(Objects.requireNonNull(id, "id"));
  }

  /**
   * Begins the body of a loop: a graph with nodes, edges and outputs, and no id of its own.
   *
   * @return a builder
   */
  public static Builder body() {
    return new Builder("");
  }

  /**
   * Reads a flow from a JSON or YAML file.
   *
   * @param file {@code .json}, {@code .yaml} or {@code .yml}; UTF-8
   * @return the flow
   * @throws InvalidFlowException with every problem of the document
   * @throws IOException when the file cannot be read
   */
  public static Flow load(Path file) throws IOException {
    return FlowDocument.load(file).orThrow();
  }

  /**
   * Reads a flow from text.
   *
   * @param text JSON when its first character is an opening brace, else YAML
   * @return the flow
   * @throws InvalidFlowException with every problem of the document
   */
  public static Flow parse(String text) {
    return FlowDocument.parse(text).orThrow();
  }

  /**
   * The canonical JSON document of this flow.
   *
   * @return JSON text; reading it gives an equal flow
   */
  public String toJson() {
    return FlowDocuments.json(this);
  }

  /**
   * The canonical YAML document of this flow.
   *
   * @return YAML text; reading it gives an equal flow
   */
  public String toYaml() {
    return FlowDocuments.yaml(this);
  }

  /**
   * What identifies this version of the flow: the hash of its canonical form.
   *
   * @return SHA-256 as 64 hexadecimal digits; independent of the order of keys and of white space
   */
  public String contentHash() {
    String hash = contentHash;
    if (hash == null) {
      hash = FlowDocuments.hash(this);
      contentHash = hash;
    }
    return hash;
  }

  /**
   * The id.
   *
   * @return the id; empty for a body
   */
  public String id() {
    return parts.id;
  }

  /**
   * The name for people.
   *
   * @return name, if any
   */
  public Optional<String> name() {
    return Optional.ofNullable(parts.name);
  }

  /**
   * The description.
   *
   * @return description, if any
   */
  public Optional<String> description() {
    return Optional.ofNullable(parts.description);
  }

  /**
   * Words to find the flow by.
   *
   * @return unmodifiable list
   */
  public List<String> tags() {
    return parts.tags;
  }

  /**
   * The declared inputs.
   *
   * @return by name, or empty when the flow declares none and takes any; an empty map allows none
   */
  public Optional<Map<String, Input>> inputs() {
    return Optional.ofNullable(parts.inputs);
  }

  /**
   * The initial values of {@code vars}.
   *
   * @return unmodifiable map; strings may hold <code>${inputs…}</code>
   */
  public Map<String, Object> variables() {
    return parts.variables;
  }

  /**
   * The nodes, in document order.
   *
   * @return unmodifiable list
   */
  public List<Node> nodes() {
    return parts.nodes;
  }

  /**
   * The edges, in document order; {@code dependsOn} included.
   *
   * @return unmodifiable list
   */
  public List<Edge> edges() {
    return parts.edges;
  }

  /**
   * What an execution returns, by name.
   *
   * @return values with <code>${…}</code>, or empty when the flow declares none
   */
  public Optional<Map<String, Object>> outputs() {
    return Optional.ofNullable(parts.outputs);
  }

  /**
   * What holds for an execution as a whole.
   *
   * @return the settings
   */
  public Settings settings() {
    return parts.settings;
  }

  /**
   * What editors keep beside the flow: {@code ui}, {@code metadata} and the like.
   *
   * @return unmodifiable map, kept verbatim
   */
  public Map<String, Object> extras() {
    return parts.extras;
  }

  /**
   * Where the flow's own keys stand in the document it was read from, such as {@code /definition}.
   *
   * @return JSON pointer; empty is the root; not part of equality
   */
  public String pointer() {
    return parts.pointer;
  }

  /**
   * A builder that holds all of this flow.
   *
   * @return a builder; changing it does not change this flow
   */
  public Builder toBuilder() {
    return new Builder(parts);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Flow that && parts.values().equals(that.parts.values());
  }

  @Override
  public int hashCode() {
    return Objects.hash(parts.id, parts.nodes, parts.edges);
  }

  @Override
  public String toString() {
    return parts.id + " (" + parts.nodes.size() + " nodes, " + parts.edges.size() + " edges)";
  }

  /** Collects the parts of a {@link Flow}; not thread-safe. */
  public static final class Builder {
    private String id;
    private @Nullable String name;
    private @Nullable String description;
    private List<String> tags = List.of();
    private @Nullable Map<String, Input> inputs;
    private Map<String, Object> variables = new LinkedHashMap<>();
    private List<Node> nodes = new ArrayList<>();
    private List<Edge> edges = new ArrayList<>();
    private @Nullable Map<String, Object> outputs;
    private Settings settings = Settings.DEFAULT;
    private Map<String, Object> extras = new LinkedHashMap<>();
    private String pointer = "";

    private Builder(String id) {
      this.id = id;
    }

    private Builder(Builder other) {
      id = other.id;
      name = other.name;
      description = other.description;
      tags = List.copyOf(other.tags);
      inputs = other.inputs == null ? null : new LinkedHashMap<>(other.inputs);
      variables = new LinkedHashMap<>(other.variables);
      nodes = new ArrayList<>(other.nodes);
      edges = new ArrayList<>(other.edges);
      outputs = other.outputs == null ? null : new LinkedHashMap<>(other.outputs);
      settings = other.settings;
      extras = new LinkedHashMap<>(other.extras);
      pointer = other.pointer;
    }

    /** All that equality looks at. */
    private List<@Nullable Object> values() {
      List<@Nullable Object> values = new ArrayList<>();
      Collections.addAll(values, id, name, description, tags, inputs, variables, nodes, edges);
      Collections.addAll(values, outputs, settings, extras);
      return values;
    }

    /**
     * Sets the id.
     *
     * @param value 1–128 of {@code [A-Za-z0-9_-]}, first a letter or digit
     * @return this
     */
    public Builder id(String value) {
      id = value;
      return this;
    }

    /**
     * Sets the name for people.
     *
     * @param value any text
     * @return this
     */
    public Builder name(@Nullable String value) {
      name = value;
      return this;
    }

    /**
     * Sets the description.
     *
     * @param value any text
     * @return this
     */
    public Builder description(@Nullable String value) {
      description = value;
      return this;
    }

    /**
     * Sets words to find the flow by.
     *
     * @param values any texts
     * @return this
     */
    public Builder tags(List<String> values) {
      tags = List.copyOf(values);
      return this;
    }

    /**
     * Declares an input; from then on undeclared inputs are refused.
     *
     * @param inputName its name
     * @param input what it takes
     * @return this
     */
    public Builder input(String inputName, Input input) {
      if (inputs == null) {
        inputs = new LinkedHashMap<>();
      }
      inputs.put(inputName, input);
      return this;
    }

    /**
     * Replaces the declared inputs.
     *
     * @param values by name; null takes any input, an empty map none
     * @return this
     */
    public Builder inputs(@Nullable Map<String, Input> values) {
      inputs = values == null ? null : new LinkedHashMap<>(values);
      return this;
    }

    /**
     * Sets the initial value of a variable.
     *
     * @param variable its name
     * @param value plain value; strings may hold <code>${inputs…}</code>
     * @return this
     */
    public Builder variable(String variable, @Nullable Object value) {
      variables.put(variable, PlainValues.copy(variable, value));
      return this;
    }

    /**
     * Adds a node without config.
     *
     * @param nodeId its id
     * @param type its type
     * @return this
     */
    public Builder node(String nodeId, String type) {
      return node(Node.builder(nodeId, type).build());
    }

    /**
     * Adds a node.
     *
     * @param nodeId its id
     * @param type its type
     * @param parts sets its config and policies
     * @return this
     */
    public Builder node(String nodeId, String type, UnaryOperator<Node.Builder> parts) {
      return node(parts.apply(Node.builder(nodeId, type)).build());
    }

    /**
     * Adds a node.
     *
     * @param node the node
     * @return this
     */
    public Builder node(Node node) {
      nodes.add(node);
      return this;
    }

    /**
     * Adds an edge on port {@code main}.
     *
     * @param from id of the source node
     * @param to id of the target node
     * @return this
     */
    public Builder edge(String from, String to) {
      return edge(Edge.of(from, to));
    }

    /**
     * Adds an edge.
     *
     * @param edge the edge
     * @return this
     */
    public Builder edge(Edge edge) {
      edges.add(edge);
      return this;
    }

    /**
     * Adds edges on port {@code main} from each node to the next.
     *
     * @param nodeIds at least two ids
     * @return this
     */
    public Builder chain(String... nodeIds) {
      for (int i = 1; i < nodeIds.length; i++) {
        edge(nodeIds[i - 1], nodeIds[i]);
      }
      return this;
    }

    /**
     * Declares a value that an execution returns.
     *
     * @param outputName its name
     * @param value plain value; strings may hold <code>${…}</code>
     * @return this
     */
    public Builder output(String outputName, @Nullable Object value) {
      if (outputs == null) {
        outputs = new LinkedHashMap<>();
      }
      outputs.put(outputName, PlainValues.copy(outputName, value));
      return this;
    }

    /**
     * Replaces the declared outputs.
     *
     * @param values by name; null returns the output nodes' values, else the terminal nodes'
     * @return this
     */
    public Builder outputs(@Nullable Map<String, ? extends @Nullable Object> values) {
      outputs = values == null ? null : PlainValues.copy(values);
      return this;
    }

    /**
     * Sets what holds for an execution as a whole.
     *
     * @param value the settings
     * @return this
     */
    public Builder settings(Settings value) {
      settings = value;
      return this;
    }

    /**
     * Sets one value that editors keep beside the flow.
     *
     * @param key such as {@code ui}
     * @param value plain value
     * @return this
     */
    public Builder extra(String key, @Nullable Object value) {
      extras.put(key, PlainValues.copy(key, value));
      return this;
    }

    /**
     * Tells where the flow's own keys stand in its document.
     *
     * @param value JSON pointer
     * @return this
     */
    public Builder at(String value) {
      pointer = value;
      return this;
    }

    /**
     * Makes the flow.
     *
     * @return the flow
     */
    public Flow build() {
      Builder copy = new Builder(this);
      copy.inputs = copy.inputs == null ? null : Collections.unmodifiableMap(copy.inputs);
      copy.variables = Collections.unmodifiableMap(copy.variables);
      copy.nodes = Collections.unmodifiableList(copy.nodes);
      copy.edges = Collections.unmodifiableList(copy.edges);
      copy.outputs = copy.outputs == null ? null : Collections.unmodifiableMap(copy.outputs);
      copy.extras = Collections.unmodifiableMap(copy.extras);
      return new Flow(copy);
    }
  }
}
