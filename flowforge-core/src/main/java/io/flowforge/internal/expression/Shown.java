package io.flowforge.internal.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as messages show them: cut to 64 characters, with nothing that could act on a screen. */
final class Shown {

  private static final int LONGEST = 64;

  private Shown() {}

  /** Text cut and escaped, without quotes. */
  static String text(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      if (shown.length() >= LONGEST) {
        return shown.append('…').toString();
      }
      int point = text.codePointAt(i);
      append(shown, point);
      i += Character.charCount(point);
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          shown.append(escape(point));
      case Character.SPACE_SEPARATOR -> shown.append(point == ' ' ? " " : escape(point));
      default -> shown.appendCodePoint(point);
    }
  }

  private static String escape(int point) {
    return Character.isBmpCodePoint(point)
        ? String.format("\\u%04X", point)
        : String.format("\\U%08X", point);
  }

  /** A value with its type, such as {@code string "abc"} or {@code list of 3}. */
  static String value(@Nullable Object value) {
    if (value instanceof String text) {
      return "string \"" + text(text) + "\"";
    }
    if (value instanceof Map<?, ?> map) {
      return "map of " + map.size();
    }
    if (value instanceof List<?> list) {
      return "list of " + list.size();
    }
    if (value instanceof Number number) {
      return "number " + text(Numbers.text(number));
    }
    return value instanceof Boolean ? "boolean " + value : Values.type(value);
  }
}
