package io.flowforge.internal.engine;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

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
    return local.schedule(dueMicros - offset, task);
  }

  @Override
  public void close() {
    local.close();
  }
}
