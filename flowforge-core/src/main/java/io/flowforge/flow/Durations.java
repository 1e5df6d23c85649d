package io.flowforge.flow;

import io.flowforge.internal.text.Shown;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as flow documents write them.
 *
 * <p>Short: one or more numbers with the units {@code d}, {@code h}, {@code m}, {@code s}, {@code
 * ms}, the largest first: {@code 250ms}, {@code 1.5s}, {@code 1h30m}. Or ISO-8601: {@code PT1M30S},
 * {@code P2DT3H}; years and months are refused, because their length depends on the calendar.
 */
public final class Durations {
  /** The longest duration there can be: 3,650 days. */
  public static final Duration MAX = Duration.ofDays(3650);

  private static final String NUMBER = "([0-9]{1,12}(?:\\.[0-9]{1,9})?)";
  private static final Pattern SHORT =
      Pattern.compile("(?:%1$sd)?(?:%1$sh)?(?:%1$sm(?!s))?(?:%1$ss)?(?:%1$sms)?".formatted(NUMBER));
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] NANOS = {
    86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L
  };
  private static final int LONGEST = 64;

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @param text such as {@code 5s} or {@code PT5S}
   * @return 0 or longer, at most {@link #MAX}
   * @throws IllegalArgumentException when it is no duration, negative or longer than {@link #MAX};
   *     the message is a clause such as {@code "soon" is no duration; …}
   */
  public static Duration parse(String text) {
    Duration duration = text.length() > LONGEST || text.isEmpty() ? null : read(text);
    if (duration == null) {
      throw new IllegalArgumentException(
          Shown.quoted(text) + " is no duration; write it like 250ms, 5s, 10m, 2h, 7d or PT1M30S");
    }
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          Shown.quoted(text) + " must be between 0s and " + text(MAX));
    }
    return duration;
  }

  /**
   * Writes a duration in its shortest exact form.
   *
   * @param duration any duration
   * @return such as {@code 90s}; ISO-8601 for negative ones and for fractions of a millisecond
   */
  public static String text(Duration duration) {
    if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    if (duration.isZero()) {
      return "0s";
    }
    for (int i = 0; i < UNITS.length - 1; i++) {
      long seconds = NANOS[i] / 1_000_000_000L;
      if (duration.toNanosPart() == 0 && duration.toSeconds() % seconds == 0) {
        return duration.toSeconds() / seconds + UNITS[i];
      }
    }
    return duration.toMillis() + "ms";
  }

  private static @Nullable Duration read(String text) {
    Matcher parts = SHORT.matcher(text);
    if (parts.matches()) {
      return sum(parts);
    }
    String iso = text.toUpperCase(Locale.ROOT);
    try {
      return iso.startsWith("P") ? Duration.parse(iso) : null;
    } catch (DateTimeParseException | ArithmeticException notIso) {
      return null;
    }
  }

  private static Duration sum(Matcher parts) {
    Duration sum = Duration.ZERO;
    for (int i = 0; i < NANOS.length; i++) {
      String number = parts.group(i + 1);
      if (number != null) {
        sum = sum.plus(nanos(new BigDecimal(number).multiply(BigDecimal.valueOf(NANOS[i]))));
      }
    }
    return sum;
  }

  private static Duration nanos(BigDecimal nanos) {
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
    return Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
  }
}
