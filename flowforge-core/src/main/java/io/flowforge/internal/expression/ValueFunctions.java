package io.flowforge.internal.expression;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions over values of every type, and conversions between types. */
final class ValueFunctions {

  private static final int LONGEST_NUMBER = 100;

  private ValueFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of(
            "size(value)",
            "Number of characters, elements or entries of a string, list or map.",
            ValueFunctions::size),
        Function.of("has(value)", "True if the value is not null.", a -> a.value(0) != null),
        Function.of(
                "default(value, fallback)",
                "The value, or the fallback if it is null.",
                a -> a.value(0) != null ? a.value(0) : a.value(1))
            .as(Function.Kind.FALLBACK),
        Function.of(
            "type(value)",
            "`string`, `number`, `boolean`, `list`, `map` or `null`.",
            a -> Values.type(a.value(0))),
        Function.of(
            "string(value)",
            "The value as text, as it would stand inside a text: null as nothing.",
            a -> text(a.frame(), a.value(0))),
        Function.of("number(value)", "The number that a text stands for.", ValueFunctions::number),
        Function.of(
            "int(value)",
            "The whole part of a number or of the number that a text stands for.",
            a -> whole(a, number(a))),
        Function.of(
            "bool(value)",
            "The boolean that `'true'` or `'false'` stands for.",
            ValueFunctions::bool),
        Function.of("uuid()", "A new unique id.", a -> a.frame().variables().newId())
            .as(Function.Kind.CHANGING));
  }

  /** A value as it stands inside a text. */
  static String text(Frame frame, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    TextBuilder text = new TextBuilder(frame);
    if (value != null) {
      new JsonText(frame, text).write(value);
    }
    return text.toString();
  }

  private static Object size(Arguments arguments) {
    Object value = arguments.value(0);
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof String) {
      String text = arguments.text(0);
      return text.codePointCount(0, text.length());
    }
    throw arguments.wrongType(0, "a string, list or map");
  }

  private static Number number(Arguments arguments) {
    if (arguments.value(0) instanceof Number number) {
      return number;
    }
    String text = arguments.text(0).strip();
    try {
      boolean isShort = !text.isEmpty() && text.length() <= LONGEST_NUMBER;
      if (isShort && text.chars().allMatch(c -> "+-.0123456789eE".indexOf(c) >= 0)) {
        return Numbers.canonical(new BigDecimal(text));
      }
    } catch (NumberFormatException ignored) {
      // Told below, with the text.
    }
    throw arguments.wrongValue("\"" + Described.text(text) + "\" is no number");
  }

  private static Number whole(Arguments arguments, Number number) {
    Number whole = Numbers.quotient(number, 1L);
    if (!Numbers.isWhole(whole)) {
      throw arguments.wrongValue(Described.value(number) + " does not fit into 64 bits");
    }
    return whole;
  }

  private static Object bool(Arguments arguments) {
    if (arguments.value(0) instanceof Boolean) {
      return arguments.value(0);
    }
    String text = arguments.text(0).strip();
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw arguments.wrongValue("\"" + Described.text(text) + "\" is neither true nor false");
  }
}
