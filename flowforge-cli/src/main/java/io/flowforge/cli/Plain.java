package io.flowforge.cli;

import java.util.Locale;

/** Text made safe to look at: what acts on a terminal or hides other text is shown as its code. */
final class Plain {
  private Plain() {}

  /** Several lines. */
  static String lines(String text) {
    return escape(text, true);
  }

  /** One line. */
  static String line(String text) {
    return escape(text, false);
  }

  private static String escape(String text, boolean lines) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (lines && point == '\n' || !acts(point)) {
                safe.appendCodePoint(point);
              } else {
                safe.append(String.format(Locale.ROOT, "\\u%04X", point));
              }
            });
    return safe.toString();
  }

  private static boolean acts(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
