package io.flowforge.flow;

import io.flowforge.internal.text.Shown;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException when a value is not plain
   */
  public Input {
    defaultValue = PlainValues.copy("default", defaultValue);
    allowed = allowed.stream().map(value -> PlainValues.copy("enum", value)).toList();
  }

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
    ANY;

    /**
     * Whether a value is of this type.
     *
     * @param value plain value
     * @return true also for null when the type is {@link #ANY}
     */
    public boolean accepts(@Nullable Object value) {
      return switch (this) {
        case STRING -> value instanceof String;
        case NUMBER -> value instanceof Number;
        case INTEGER -> value instanceof Number number && PlainValues.isWhole(number);
        case BOOLEAN -> value instanceof Boolean;
        case OBJECT -> value instanceof Map<?, ?>;
        case ARRAY -> value instanceof List<?>;
        case ANY -> true;
      };
    }

    /**
     * The name that documents use.
     *
     * @return such as {@code string}
     */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Why a value that was given is not taken.
   *
   * @param value plain value; null is taken unless the input is required, and always by {@link
   *     Type#ANY}
   * @return a clause such as {@code must be an integer, was "5"}; empty when it is taken
   */
  public Optional<String> refusal(@Nullable Object value) {
    if (value == null && !required) {
      return Optional.empty();
    }
    if (!type.accepts(value)) {
      return Optional.of("must be of type " + type.text() + ", was " + Shown.quoted(value));
    }
    if (allowed.isEmpty() || allowed.stream().anyMatch(one -> PlainValues.same(one, value))) {
      return Optional.empty();
    }
    String choice = allowed.stream().limit(10).map(Shown::quoted).collect(Collectors.joining(", "));
    return Optional.of("must be one of " + choice + ", was " + Shown.quoted(value));
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
