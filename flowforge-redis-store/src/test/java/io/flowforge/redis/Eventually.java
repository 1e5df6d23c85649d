package io.flowforge.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what a real server does in its own time. */
final class Eventually {
  private static final long PAUSE = Duration.ofMillis(5).toNanos();

  private Eventually() {}

  /** Returns as soon as a condition holds; fails when it does not within a time. */
  static void holds(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("does not hold within " + most);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
