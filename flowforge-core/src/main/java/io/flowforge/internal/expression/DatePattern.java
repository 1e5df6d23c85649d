package io.flowforge.internal.expression;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Set;

/** Date patterns out of a closed set of parts; names of months and days are English. */
final class DatePattern {

  private static final int LONGEST = 64;
  private static final Set<String> PARTS =
      Set.of(
          "yyyy", "yy", "M", "MM", "MMM", "MMMM", "d", "dd", "EEE", "EEEE", "H", "HH", "h", "hh",
          "m", "mm", "s", "ss", "S", "SSS", "SSSSSS", "a", "X", "XX", "XXX", "VV");
  private static final String MARKS = " -/.,:;_()+T";

  private DatePattern() {}

  /** The formatter that an argument names: {@code iso}, {@code rfc1123} or a pattern. */
  static DateTimeFormatter of(Arguments arguments, int index) {
    String pattern = arguments.text(index);
    arguments.frame().step(20);
    return switch (pattern) {
      case "iso" -> DateTimeFormatter.ISO_OFFSET_DATE_TIME;
      case "rfc1123" -> DateTimeFormatter.RFC_1123_DATE_TIME;
      default ->
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(checked(arguments, pattern))
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
    };
  }

  private static String checked(Arguments arguments, String pattern) {
    StringBuilder checked = new StringBuilder();
    int at = 0;
    while (at < pattern.length() && pattern.length() <= LONGEST) {
      int end = partEnd(pattern, at);
      String part = pattern.substring(at, end);
      if (PARTS.contains(part)) {
        checked.append(part.replace('y', 'u'));
      } else if (part.length() > 1 && part.startsWith("'") && part.endsWith("'")) {
        checked.append(part);
      } else if (MARKS.contains(part.substring(0, 1))) {
        checked.append('\'').append(part).append('\'');
      } else {
        break;
      }
      at = end;
    }
    if (at < pattern.length() || pattern.isEmpty()) {
      throw arguments.wrongValue(
          "\""
              + Described.text(pattern)
              + "\" is no date pattern; write one such as yyyy-MM-dd HH:mm");
    }
    return checked.toString();
  }

  /** End of a run of one letter, of a quoted text, or of a single mark. */
  private static int partEnd(String pattern, int start) {
    char first = pattern.charAt(start);
    if (first == '\'') {
      int close = pattern.indexOf('\'', start + 1);
      return close < 0 ? pattern.length() : close + 1;
    }
    boolean letter = Character.isLetter(first) && first != 'T';
    int at = start + 1;
    while (letter && at < pattern.length() && pattern.charAt(at) == first) {
      at++;
    }
    return at;
  }
}
