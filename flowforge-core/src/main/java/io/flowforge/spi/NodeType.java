package io.flowforge.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node type as the catalog lists it: what it is called, takes, gives and how it behaves.
 * Immutable.
 */
public final class NodeType {
  /** What part a node plays in a flow. */
  public enum Kind {
    /** It stands for the event that starts the flow. */
    TRIGGER,
    /** It does something. */
    ACTION,
    /** It directs the flow; part of the engine. */
    CONTROL
  }

  private final Kind kind;
  private final ActionDescriptor<?> descriptor;
  private final Map<String, Object> configSchema;

  private NodeType(Kind kind, ActionDescriptor<?> descriptor, Map<String, Object> configSchema) {
    this.kind = kind;
    this.descriptor = descriptor;
    this.configSchema = configSchema;
  }

  /**
   * A node type.
   *
   * @param kind what part it plays
   * @param descriptor its description
   * @param configSchema JSON Schema of its config as plain values
   * @return the node type
   */
  public static NodeType of(
      Kind kind, ActionDescriptor<?> descriptor, Map<String, Object> configSchema) {
    return new NodeType(
        kind, descriptor, Collections.unmodifiableMap(new LinkedHashMap<>(configSchema)));
  }

  /**
   * What part it plays.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * The name.
   *
   * @return kebab-case
   */
  public String type() {
    return descriptor.type();
  }

  /**
   * Other names that documents may use.
   *
   * @return unmodifiable list
   */
  public List<String> aliases() {
    return descriptor.aliases();
  }

  /**
   * The title for people.
   *
   * @return a few words
   */
  public String title() {
    return descriptor.title();
  }

  /**
   * The category to group by.
   *
   * @return one word
   */
  public String category() {
    return descriptor.category();
  }

  /**
   * The description.
   *
   * @return a sentence or two; may be empty
   */
  public String description() {
    return descriptor.description();
  }

  /**
   * The ports, without {@code error}, which every type has.
   *
   * @return unmodifiable set in order
   */
  public Set<String> ports() {
    return descriptor.ports();
  }

  /**
   * Whether it has no effect outside and gives the same output for the same input.
   *
   * @return true when it is pure
   */
  public boolean isPure() {
    return descriptor.isPure();
  }

  /**
   * Whether it gets a thread of the pool.
   *
   * @return true when it may block
   */
  public boolean isBlocking() {
    return descriptor.isBlocking();
  }

  /**
   * The config as JSON Schema 2020-12, of the values that templates give: any of them may be
   * written as <code>${…}</code>.
   *
   * @return plain, unmodifiable
   */
  public Map<String, Object> configSchema() {
    return configSchema;
  }

  /**
   * An example config that runs by itself.
   *
   * @return plain values, if there is one
   */
  public Optional<Map<String, Object>> example() {
    return descriptor.example();
  }

  /**
   * The node type as a plain value, to be written as JSON.
   *
   * @return {@code {type, kind, title, category, description, aliases, ports, pure, blocking,
   *     config, example}}; empty texts and lists, and an example that there is not, are left out
   */
  public Map<String, Object> toValue() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("type", type());
    value.put("kind", kind.name().toLowerCase(Locale.ROOT));
    value.put("title", title());
    value.put("category", category());
    if (!description().isEmpty()) {
      value.put("description", description());
    }
    if (!aliases().isEmpty()) {
      value.put("aliases", aliases());
    }
    value.put("ports", List.copyOf(ports()));
    value.put("pure", isPure());
    value.put("blocking", isBlocking());
    value.put("config", configSchema);
    example().ifPresent(example -> value.put("example", example));
    return Collections.unmodifiableMap(value);
  }

  @Override
  public String toString() {
    return type();
  }
}
