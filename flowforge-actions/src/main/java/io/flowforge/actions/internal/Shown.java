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
    StringBuilder shown = new StringBuilder();
    int at = 0;
    for (int count = 0; at < text.length(); count++) {
      if (count == LIMIT) {
        return shown.append('…').toString();
      }
      int character = text.codePointAt(at);
      append(shown, character);
      at += Character.charCount(character);
    }
    return shown.toString();
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
