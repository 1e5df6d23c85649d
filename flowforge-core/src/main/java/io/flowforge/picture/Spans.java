package io.flowforge.picture;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them: three digits at most, then the unit. */
final class Spans {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private Spans() {}

  static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 86_400) {
      return pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }
    if (seconds >= 3_600) {
      return pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
    }
    if (seconds >= 60) {
      return pair(seconds / 60, "min", seconds % 60, "s");
    }
    long nanos = Math.max(0, duration.toNanos());
    // From here on three digits would be rounded up to the next unit.
    return nanos < 999_500_000
        ? digits(nanos / NANOS_PER_MILLI) + " ms"
        : digits(nanos / NANOS_PER_SECOND) + " s";
  }

  private static String pair(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  private static String digits(double value) {
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
