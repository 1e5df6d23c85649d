package io.flowforge.flow;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection from one node's port to another node. Immutable. */
public final class Edge {
  /** The port a node leaves through unless it says otherwise. */
  public static final String MAIN = "main";

  /** The port a failure leaves through. */
  public static final String ERROR = "error";

  private final String from;
  private final String to;
  private final String port;
  private final @Nullable String condition;
  private final Asides asides;

  private Edge(String from, String to, String port, @Nullable String condition, Asides asides) {
    this.from = Objects.requireNonNull(from, "from");
    this.to = Objects.requireNonNull(to, "to");
    this.port = Objects.requireNonNull(port, "port");
    this.condition = condition;
    this.asides = asides;
  }

  /** What the engine does not look at; most edges share one that is empty. */
  private record Asides(@Nullable String id, @Nullable String pointer, Map<String, Object> extras) {
    static final Asides NONE = new Asides(null, null, Map.of());
  }

  /**
   * An edge on port {@code main}.
   *
   * @param from id of the source node
   * @param to id of the target node
   * @return the edge
   */
  public static Edge of(String from, String to) {
    return new Edge(from, to, MAIN, null, Asides.NONE);
  }

  /**
   * A copy on another port.
   *
   * @param value a port of the source node
   * @return the copy
   */
  public Edge onPort(String value) {
    return new Edge(from, to, value, condition, asides);
  }

  /**
   * A copy that is taken only when a condition holds.
   *
   * @param expression an expression that gives a boolean, bare or in <code>${…}</code>
   * @return the copy
   */
  public Edge when(@Nullable String expression) {
    return new Edge(from, to, port, expression, asides);
  }

  /**
   * A copy with an id of its own, for editors.
   *
   * @param value the id
   * @return the copy
   */
  public Edge withId(@Nullable String value) {
    return with(new Asides(value, asides.pointer, asides.extras));
  }

  /**
   * A copy with one more value that editors keep beside the edge.
   *
   * @param key such as {@code label}
   * @param value plain value
   * @return the copy
   * @throws IllegalArgumentException when the value is not plain
   */
  public Edge withExtra(String key, @Nullable Object value) {
    Map<String, Object> extras = PlainValues.with(asides.extras, key, value);
    return with(new Asides(asides.id, asides.pointer, extras));
  }

  /**
   * A copy that knows where it stands in its document.
   *
   * @param value JSON pointer
   * @return the copy
   */
  public Edge at(@Nullable String value) {
    return with(new Asides(asides.id, value, asides.extras));
  }

  /**
   * The source node.
   *
   * @return its id
   */
  public String from() {
    return from;
  }

  /**
   * The target node.
   *
   * @return its id
   */
  public String to() {
    return to;
  }

  /**
   * The port of the source node; {@code main} unless told otherwise.
   *
   * @return the port
   */
  public String port() {
    return port;
  }

  /**
   * The condition.
   *
   * @return expression, or null when the edge has none
   */
  public @Nullable String condition() {
    return condition;
  }

  /**
   * The edge's own id.
   *
   * @return the id, or null
   */
  public @Nullable String id() {
    return asides.id;
  }

  /**
   * What editors keep beside the edge: {@code label}, {@code style}, {@code targetHandle} and the
   * like.
   *
   * @return unmodifiable map, kept verbatim
   */
  public Map<String, Object> extras() {
    return asides.extras;
  }

  /**
   * Where the edge stands in the document it was read from, such as {@code /connections/0}.
   *
   * @return JSON pointer, or null for an edge made in code; not part of equality
   */
  public @Nullable String pointer() {
    return asides.pointer;
  }

  private Edge with(Asides value) {
    return new Edge(from, to, port, condition, value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Edge that
        && from.equals(that.from)
        && to.equals(that.to)
        && port.equals(that.port)
        && Objects.equals(condition, that.condition)
        && Objects.equals(asides.id, that.asides.id)
        && asides.extras.equals(that.asides.extras);
  }

  @Override
  public int hashCode() {
    return (from.hashCode() * 31 + to.hashCode()) * 31 + port.hashCode();
  }

  @Override
  public String toString() {
    return from + (port.equals(MAIN) ? "" : ":" + port) + " → " + to;
  }
}
