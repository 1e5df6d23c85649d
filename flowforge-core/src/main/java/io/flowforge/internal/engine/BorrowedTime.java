package io.flowforge.internal.engine;

import io.flowforge.spi.TimeSource;

/** The engine's time as a trigger has it: its tasks end with the trigger, the time does not. */
final class BorrowedTime implements TimeSource {
  private final TimeSource time;
  private volatile boolean ended;

  BorrowedTime(TimeSource time) {
    this.time = time;
  }

  @Override
  public long epochMicros() {
    return time.epochMicros();
  }

  @Override
  public Timer schedule(long dueMicros, Runnable task) {
    return time.schedule(
        dueMicros,
        () -> {
          if (!ended) {
            task.run();
          }
        });
  }

  void end() {
    ended = true;
  }

  /** Does nothing: the time is the engine's. */
  @Override
  public void close() {}
}
