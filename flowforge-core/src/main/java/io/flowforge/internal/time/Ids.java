package io.flowforge.internal.time;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes ids and random numbers from one seed.
 *
 * <p>Ids are UUIDs of version 7 (RFC 9562): milliseconds in the first 48 bits, then a 16-bit
 * counter within the millisecond, then random bits. They sort by time of creation within one
 * engine, and making one costs no system call beyond the caller's clock.
 */
public final class Ids {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Milliseconds in the upper bits and a counter in the lower 16, so that one CAS keeps order. */
  private final AtomicLong last = new AtomicLong();

  private final AtomicLong state;

  public Ids(@Nullable Long seed) {
    state = new AtomicLong(seed != null ? new SplittableRandom(seed).nextLong() : systemSeed());
  }

  private static long systemSeed() {
    return new SecureRandom().nextLong();
  }

  /**
   * SplitMix64 over a shared counter: one atomic add, well mixed, never the same twice in a row.
   */
  public long nextLong() {
    long z = state.addAndGet(GOLDEN);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Between 0 inclusive and 1 exclusive. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** A new id for a moment given in microseconds since 1970. */
  public String next(long epochMicros) {
    long stamp = stamp(epochMicros / 1000);
    long random = nextLong();
    long counter = stamp & 0xFFFF;
    long high = (stamp >>> 16 << 16) | 0x7000L | (counter >>> 4);
    long low = 0x8000000000000000L | ((counter & 0xF) << 58) | (random >>> 6);
    byte[] text = new byte[36];
    hex(text, 0, high >>> 32, 8);
    hex(text, 9, high >>> 16, 4);
    hex(text, 14, high, 4);
    hex(text, 19, low >>> 48, 4);
    hex(text, 24, low, 12);
    text[8] = '-';
    text[13] = '-';
    text[18] = '-';
    text[23] = '-';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Strictly growing; runs ahead of the clock rather than repeat when a millisecond is used up. */
  private long stamp(long millis) {
    long fresh = millis << 16;
    while (true) {
      long before = last.get();
      long next = Math.max(fresh, before + 1);
      if (last.compareAndSet(before, next)) {
        return next;
      }
    }
  }

  private static void hex(byte[] text, int from, long value, int digits) {
    long rest = value;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = HEX[(int) (rest & 0xF)];
      rest >>>= 4;
    }
  }
}
