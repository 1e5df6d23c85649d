package io.flowforge.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A declared input of a flow, checked when an execution starts.
 *
 * @param type what values it takes
 * @param required whether it must be given when there is no default
 * @param defaultValue literal used when it is not given; null is none
 * @param description for people
 * @param allowed the only values it takes; empty is no such limit
 */
public record Input(
    Type type,
    boolean required,
    @Nullable Object defaultValue,
    @Nullable String description,
    List<Object> allowed) {

  /** What values an input takes. A whole 1.0 is an integer. */
  public enum Type {
    /** Text. */
    STRING,
    /** Any number. */
    NUMBER,
    /** A number without fraction. */
    INTEGER,
    /** True or false. */
    BOOLEAN,
    /** A map. */
    OBJECT,
    /** A list. */
    ARRAY,
    /** Anything, null included. */
    ANY
  }

  /**
   * An optional input without default.
   *
   * @param type what values it takes
   * @return the input
   */
  public static Input of(Type type) {
    return new Input(type, false, null, null, List.of());
  }

  /**
   * An input that must be given.
   *
   * @param type what values it takes
   * @return the input
   */
  public static Input required(Type type) {
    return new Input(type, true, null, null, List.of());
  }

  /**
   * A copy with another default.
   *
   * @param value literal default
   * @return the copy
   */
  public Input withDefault(@Nullable Object value) {
    return new Input(type, required, value, description, allowed);
  }
}
