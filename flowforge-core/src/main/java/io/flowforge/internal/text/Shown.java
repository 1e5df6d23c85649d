package io.flowforge.internal.text;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of users as messages show them: short, on one line, and unable to hide or reorder text.
 *
 * <p>Control, bidi, zero-width and other invisible characters, and halves of surrogate pairs, are
 * written as <code>&#92;uXXXX</code>.
 */
public final class Shown {
  /** How many characters of a value are shown. */
  public static final int LIMIT = 64;

  /** Characters that show nothing although Unicode counts them as letters or marks. */
  private static final String BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0";

  private Shown() {}

  /**
   * A value as text.
   *
   * @param value plain value; of maps, lists and foreign objects only the kind is told
   * @return at most {@value #LIMIT} characters of it, then an ellipsis
   */
  public static String value(@Nullable Object value) {
    return escaped(plain(value), LIMIT);
  }

  /**
   * A value as text in double quotes when it is text, without when it is not.
   *
   * @param value plain value
   * @return at most {@value #LIMIT} characters of it, then an ellipsis
   */
  public static String quoted(@Nullable Object value) {
    return value instanceof CharSequence ? '"' + value(value) + '"' : value(value);
  }

  /**
   * Text with what cannot be seen made visible.
   *
   * @param text any text
   * @param limit how many characters (code points) of it to keep
   * @return one line
   */
  public static String escaped(String text, int limit) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), limit) + 8);
    int at = 0;
    for (int count = 0; at < text.length(); count++) {
      if (count == limit) {
        return shown.append('…').toString();
      }
      int character = text.codePointAt(at);
      int next = at + Character.charCount(character);
      if (isVisible(character)) {
        shown.appendCodePoint(character);
      } else {
        escape(text, at, next, shown);
      }
      at = next;
    }
    return shown.toString();
  }

  private static String plain(@Nullable Object value) {
    if (value == null
        || value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Enum<?>) {
      return String.valueOf(value);
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? "an empty object" : "an object";
    }
    if (value instanceof Collection<?> list) {
      return list.isEmpty() ? "an empty list" : "a list of " + list.size();
    }
    return "a value of " + value.getClass().getSimpleName();
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> BLANK_LETTERS.indexOf(character) < 0 && !isVariationSelector(character);
    };
  }

  private static boolean isVariationSelector(int character) {
    return character >= 0xFE00 && character <= 0xFE0F
        || character >= 0xE0100 && character <= 0xE01EF;
  }

  private static void escape(String text, int from, int to, StringBuilder target) {
    for (int i = from; i < to; i++) {
      String digits = Integer.toHexString(text.charAt(i));
      target.append("\\u").append("0".repeat(4 - digits.length())).append(digits);
    }
  }
}
