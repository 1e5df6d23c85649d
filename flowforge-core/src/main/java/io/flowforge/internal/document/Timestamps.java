package io.flowforge.internal.document;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Moments as text: ISO-8601 in UTC with exactly six digits of fraction, so that they sort as text.
 */
final class Timestamps {
  private Timestamps() {}

  static String text(Instant instant) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(32).append(time.toLocalDate());
    pad(text.append('T'), time.getHour(), 2);
    pad(text.append(':'), time.getMinute(), 2);
    pad(text.append(':'), time.getSecond(), 2);
    pad(text.append('.'), instant.getNano() / 1000, 6);
    return text.append('Z').toString();
  }

  private static void pad(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    text.append("0".repeat(width - digits.length())).append(digits);
  }
}
