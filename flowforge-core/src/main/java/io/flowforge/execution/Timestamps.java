package io.flowforge.execution;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The one text form of instants: ISO-8601 in UTC with microseconds. */
public final class Timestamps {
  private static final long MICROS = 1_000_000L;
  private static final long DAY_SECONDS = 86_400L;
  private static final long FIRST_SECOND = -62_167_219_200L;
  private static final long LAST_SECOND = 253_402_300_799L;

  private Timestamps() {}

  /**
   * Writes an instant.
   *
   * @param instant the instant
   * @return such as {@code 2026-01-31T08:00:00.000000Z}; years beyond 0 to 9999 as {@link
   *     Instant#toString} has them
   */
  public static String text(Instant instant) {
    long second = instant.getEpochSecond();
    if (second < FIRST_SECOND || second > LAST_SECOND) {
      return instant.toString();
    }
    return write(second, instant.getNano() / 1000);
  }

  /**
   * Writes a time.
   *
   * @param epochMicros microseconds since 1970
   * @return as {@link #text(Instant)}
   */
  public static String text(long epochMicros) {
    long second = Math.floorDiv(epochMicros, MICROS);
    if (second < FIRST_SECOND || second > LAST_SECOND) {
      return ofMicros(epochMicros).toString();
    }
    return write(second, (int) Math.floorMod(epochMicros, MICROS));
  }

  /**
   * Makes an instant of microseconds.
   *
   * @param epochMicros microseconds since 1970
   * @return the instant
   */
  public static Instant ofMicros(long epochMicros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochMicros, MICROS), Math.floorMod(epochMicros, MICROS) * 1000L);
  }

  /**
   * Digits by hand, because every wait writes two times and a formatter takes twenty times as long.
   * The date follows Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms",
   * civil_from_days.
   */
  private static String write(long second, int micros) {
    long days = Math.floorDiv(second, DAY_SECONDS);
    int time = (int) Math.floorMod(second, DAY_SECONDS);
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int shiftedMonth = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    byte[] text = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.ISO_8859_1);
    digits(text, 3, year);
    digits(text, 6, month);
    digits(text, 9, day);
    digits(text, 12, time / 3600);
    digits(text, 15, time / 60 % 60);
    digits(text, 18, time % 60);
    digits(text, 25, micros);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void digits(byte[] text, int last, int value) {
    int at = last;
    for (int rest = value; rest > 0; rest /= 10) {
      text[at--] += (byte) (rest % 10);
    }
  }
}
