package io.flowforge.testkit;

import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.store.FlowStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The memory store under the kit of stores, with a clock that the kit moves. */
class MemoryStoreContractTest extends StoreContract {
  private final AtomicLong clock = new AtomicLong(1_763_000_000_000_000L);
  private final MemoryStore store = new MemoryStore(clock::get);

  @Override
  protected FlowStore connect() {
    return store.handle();
  }

  @Override
  protected void passTime(Duration duration) {
    clock.addAndGet(duration.toNanos() / 1000);
  }
}
