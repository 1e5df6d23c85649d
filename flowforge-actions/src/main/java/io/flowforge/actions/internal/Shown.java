package io.flowforge.actions.internal;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of flows as messages show them: at most 64 characters, nothing that hides or reorders
 * text.
 */
public final class Shown {
  private static final int LIMIT = 64;

  private Shown() {}

  /**
   * Shows a value: text in double quotes, of maps, lists and other objects only the kind.
   *
   * @param value anything
   * @return one short line
   */
  public static String value(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      return '"' + plain(text.toString()) + '"';
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return plain(String.valueOf(value));
    }
    if (value instanceof Map<?, ?>) {
      return "an object";
    }
    return value instanceof Collection<?> list
        ? "a list of " + list.size()
        : "a value of another kind";
  }

  /**
   * Shows a text without quotes.
   *
   * @param text any text
   * @return one short line
   */
  public static String plain(String text) {
    return plain(text, LIMIT);
  }

  private static String plain(String text, int limit) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    for (int count = 0; at < text.length(); count++) {
      if (count == limit) {
        return shown.append('…').toString();
      }
      int character = text.codePointAt(at);
      append(shown, character);
      at += Character.charCount(character);
    }
    return shown.toString();
  }

  /**
   * Shows what a library says of a failure: one line of at most 200 characters without a full stop.
   *
   * @param text any text, or null
   * @return one line
   */
  public static String line(@Nullable String text) {
    String line = text == null || text.isBlank() ? "no reason was given" : text.strip();
    String shown = plain(line, 200);
    return shown.endsWith(".") ? shown.substring(0, shown.length() - 1) : shown;
  }

  private static void append(StringBuilder shown, int character) {
    switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          shown.append(String.format("\\u%04x", character));
      default -> shown.appendCodePoint(character);
    }
  }
}
