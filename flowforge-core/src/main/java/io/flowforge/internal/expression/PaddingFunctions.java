package io.flowforge.internal.expression;

import java.util.List;

/** Functions that make text longer or shorter; they count before they build. */
final class PaddingFunctions {

  private PaddingFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of(
            "repeat(text, times)",
            "The text so many times.",
            a -> new TextBuilder(a.frame()).repeat(a.text(0), times(a)).toString()),
        Function.of(
            "padStart(text, length, fill?)",
            "Filled up on the left, with spaces unless told.",
            a -> fill(a).append(a.text(0)).toString()),
        Function.of(
            "padEnd(text, length, fill?)",
            "Filled up on the right, with spaces unless told.",
            PaddingFunctions::padEnd),
        Function.of(
            "truncate(text, length, end?)",
            "Cut to so many characters, the end (`…` unless told) included.",
            PaddingFunctions::truncate),
        Function.of(
            "escapeHtml(text)",
            "With `& < > \" '` written so that HTML shows them.",
            PaddingFunctions::escapeHtml));
  }

  private static long times(Arguments arguments) {
    long times = arguments.whole(1);
    if (times < 0) {
      throw arguments.wrongValue("times must be at least 0, was " + times);
    }
    return times;
  }

  /** What is missing to the wanted length, a last part of the fill cut short. */
  private static TextBuilder fill(Arguments arguments) {
    String text = arguments.text(0);
    String fill = arguments.text(2, " ");
    long missing = arguments.whole(1) - text.codePointCount(0, text.length());
    int width = fill.codePointCount(0, fill.length());
    TextBuilder filled = new TextBuilder(arguments.frame());
    if (missing <= 0 || width == 0) {
      return filled;
    }
    int rest = fill.offsetByCodePoints(0, (int) (missing % width));
    return filled.repeat(fill, missing / width).append(fill.substring(0, rest));
  }

  private static Object padEnd(Arguments arguments) {
    String filling = fill(arguments).toString();
    return new TextBuilder(arguments.frame()).append(arguments.text(0)).append(filling).toString();
  }

  private static Object truncate(Arguments arguments) {
    String text = arguments.text(0);
    String end = arguments.text(2, "…");
    long length = Math.max(0, arguments.whole(1));
    int size = text.codePointCount(0, text.length());
    if (size <= length) {
      return text;
    }
    int room = (int) Math.max(0, length - end.codePointCount(0, end.length()));
    String kept = text.substring(0, text.offsetByCodePoints(0, room));
    return new TextBuilder(arguments.frame()).append(kept).append(end).toString();
  }

  private static Object escapeHtml(Arguments arguments) {
    String text = arguments.text(0);
    TextBuilder escaped = new TextBuilder(arguments.frame());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
