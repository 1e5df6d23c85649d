package io.flowforge.actions.http;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the calling thread when its time is up.
 *
 * <p>All that a call waits for ends at an interrupt: name look-up, the pool, and, since its sockets
 * are channels, connecting, reading and writing. So a cancelled node run and a late server end
 * alike, and a server that sends one byte a second cannot stretch the time.
 */
final class Deadline implements AutoCloseable {
  private final Thread caller = Thread.currentThread();
  private @Nullable ScheduledFuture<?> alarm;
  private boolean over;
  private boolean expired;

  private Deadline() {}

  static Deadline start(ScheduledExecutorService timer, Duration time) {
    Deadline deadline = new Deadline();
    deadline.alarm = timer.schedule(deadline::expire, time.toNanos(), TimeUnit.NANOSECONDS);
    return deadline;
  }

  private synchronized void expire() {
    if (!over) {
      expired = true;
      caller.interrupt();
    }
  }

  synchronized boolean expired() {
    return expired;
  }

  /** Ends the time, and takes the interrupt back if it was the deadline's. */
  @Override
  public synchronized void close() {
    over = true;
    if (alarm != null) {
      alarm.cancel(false);
    }
    if (expired) {
      Thread.interrupted();
    }
  }
}
