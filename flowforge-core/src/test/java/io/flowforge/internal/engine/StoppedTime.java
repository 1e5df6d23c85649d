package io.flowforge.internal.engine;

import io.flowforge.spi.TimeSource;

/** Time that stands where a test puts it; timers never run. */
final class StoppedTime implements TimeSource {
  long micros = 1_000_000_000L;

  void pass(long seconds) {
    micros += seconds * 1_000_000L;
  }

  @Override
  public long epochMicros() {
    return micros;
  }

  @Override
  public Timer schedule(long dueMicros, Runnable task) {
    return () -> {};
  }

  @Override
  public void close() {}
}
