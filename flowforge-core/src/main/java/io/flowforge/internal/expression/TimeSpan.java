package io.flowforge.internal.expression;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;

/**
 * A span of time: calendar days, months and years, and an exact part.
 *
 * @param days part that is counted on the calendar
 * @param time part that is counted on the clock
 */
record TimeSpan(Period days, Duration time) {

  private static final int LONGEST = 32;

  /** Reads ISO 8601 ({@code P1DT12H}) or the short form ({@code 90m}, {@code -7d}). */
  static TimeSpan of(Arguments arguments, int index) {
    String text = arguments.text(index).strip();
    try {
      if (text.length() <= LONGEST) {
        return text.contains("P") ? iso(text) : brief(text);
      }
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException ignored) {
      // Told below, with the text.
    }
    throw arguments.wrongValue(
        "\"" + Described.text(text) + "\" is no duration; write P1DT12H, 250ms, 5s, 10m, 2h or 7d");
  }

  private static TimeSpan iso(String text) {
    int mark = text.indexOf('T');
    String days = mark < 0 ? text : text.substring(0, mark);
    String sign = text.substring(0, text.indexOf('P'));
    Period period = days.equals(sign + "P") ? Period.ZERO : Period.parse(days);
    Duration time =
        mark < 0 ? Duration.ZERO : Duration.parse(sign + "PT" + text.substring(mark + 1));
    return new TimeSpan(period, time);
  }

  private static TimeSpan brief(String text) {
    int end = text.length();
    while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    long amount = Long.parseLong(text.substring(0, end));
    return switch (text.substring(end)) {
      case "ms" -> exact(Duration.ofMillis(amount));
      case "s" -> exact(Duration.ofSeconds(amount));
      case "m" -> exact(Duration.ofMinutes(amount));
      case "h" -> exact(Duration.ofHours(amount));
      case "d" -> new TimeSpan(Period.ofDays(Math.toIntExact(amount)), Duration.ZERO);
      default -> throw new IllegalArgumentException("no unit");
    };
  }

  private static TimeSpan exact(Duration time) {
    return new TimeSpan(Period.ZERO, time);
  }

  boolean isWholeDays() {
    return time.isZero();
  }

  TimeSpan negated() {
    return new TimeSpan(days.negated(), time.negated());
  }
}
