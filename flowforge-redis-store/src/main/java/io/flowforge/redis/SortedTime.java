package io.flowforge.redis;

/**
 * A time as sixteen hexadecimal digits whose bytes are ordered as the times are.
 *
 * <p>Scores of sorted sets are floating-point numbers and round what is beyond 2^53 (in
 * microseconds, the year 2255), so executions are ordered by these digits instead.
 */
final class SortedTime {
  private SortedTime() {}

  static String of(long micros) {
    String digits = Long.toHexString(micros ^ Long.MIN_VALUE);
    return "0".repeat(16 - digits.length()) + digits;
  }

  static long micros(String digits) {
    return Long.parseUnsignedLong(digits, 16) ^ Long.MIN_VALUE;
  }
}
