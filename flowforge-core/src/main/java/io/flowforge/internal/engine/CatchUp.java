package io.flowforge.internal.engine;

import io.flowforge.spi.TimeSource;

/**
 * Lets executions on whose timers came due while no engine looked, a few each second, so that a
 * long outage is not followed by a storm on the systems that flows call.
 */
final class CatchUp {
  /** What is later than this at the beginning was missed. */
  private static final long TOLERANCE_MICROS = 1_000_000;

  private final TimeSource time;
  private final Drivers drivers;
  private final long spacingMicros;
  private volatile long begunMicros;
  private long nextMicros;

  CatchUp(TimeSource time, Drivers drivers, int perSecond) {
    this.time = time;
    this.drivers = drivers;
    this.spacingMicros = 1_000_000 / perSecond;
  }

  /** The engine looks from now on. */
  void begin() {
    begunMicros = time.epochMicros();
  }

  /**
   * Runs a step now, or as soon as the rate allows when its time was missed.
   *
   * @param dueMicros when it should have gone on; 0 when it waited for no time
   */
  void admit(long dueMicros, Runnable step) {
    if (dueMicros == 0 || dueMicros > begunMicros - TOLERANCE_MICROS) {
      step.run();
      return;
    }
    long now = time.epochMicros();
    long slot;
    synchronized (this) {
      slot = Math.max(now, nextMicros);
      nextMicros = slot + spacingMicros;
    }
    if (slot <= now) {
      step.run();
    } else {
      time.schedule(slot, () -> drivers.dispatch(step));
    }
  }
}
