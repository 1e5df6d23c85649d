package io.flowforge.execution;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The one text form of instants: ISO-8601 in UTC with microseconds. */
public final class Timestamps {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /**
   * Writes an instant.
   *
   * @param instant the instant
   * @return such as {@code 2026-01-31T08:00:00.000000Z}
   */
  public static String text(Instant instant) {
    return FORMAT.format(instant);
  }

  /**
   * Makes an instant of microseconds.
   *
   * @param epochMicros microseconds since 1970
   * @return the instant
   */
  public static Instant ofMicros(long epochMicros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochMicros, 1_000_000L), Math.floorMod(epochMicros, 1_000_000L) * 1000L);
  }
}
