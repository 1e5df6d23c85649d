package io.flowforge.internal.engine;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.TimeSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The store's clock, told by the process's own and the difference that was last seen, so that
 * timers mean the same to every engine on the store. It never goes back.
 */
final class StoreTime implements TimeSource {
  private final TimeSource local;
  private final AtomicLong latest = new AtomicLong();
  private volatile long offset;

  StoreTime(TimeSource local) {
    this.local = local;
  }

  /** Takes in what the store's clock showed when the local one showed a time. */
  void compare(long storeMicros, long localMicros) {
    offset = Mutants.LOCAL_CLOCK ? 0 : storeMicros - localMicros;
  }

  @Override
  public long epochMicros() {
    long now = local.epochMicros() + offset;
    return latest.accumulateAndGet(now, Math::max);
  }

  @Override
  public Timer schedule(long dueMicros, Runnable task) {
    Due due = new Due(dueMicros, task);
    due.set();
    return due;
  }

  @Override
  public void close() {
    local.close();
  }

  /** A task and its timer, which may ring early: the difference of the clocks changes meanwhile. */
  private final class Due implements Timer, Runnable {
    private final long micros;
    private final Runnable task;
    private volatile @Nullable Timer timer;
    private volatile boolean cancelled;

    Due(long micros, Runnable task) {
      this.micros = micros;
      this.task = task;
    }

    void set() {
      Timer next = local.schedule(micros - offset, this);
      timer = next;
      if (cancelled) {
        next.cancel();
      }
    }

    @Override
    public void run() {
      if (cancelled) {
        return;
      }
      if (local.epochMicros() + offset < micros) {
        set();
      } else {
        task.run();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      Timer last = timer;
      if (last != null) {
        last.cancel();
      }
    }
  }
}
