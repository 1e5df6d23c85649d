package io.flowforge.testkit;

import io.flowforge.spi.store.FlowStore;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What every store must hold, as tests to inherit.
 *
 * <pre>{@code
 * class PostgresStoreContractTest extends StoreContract {
 *   protected FlowStore connect() {
 *     return new JdbcStore(SERVER.dataSource());
 *   }
 * }
 * }</pre>
 *
 * <p>The store may be shared by all tests and may hold other data: names are random, and what is of
 * others is passed over. No other engine should claim from it meanwhile. Executions of the tests
 * stay behind.
 */
public abstract class StoreContract extends StoreQueueHistories {
  private static final long POLL_NANOS = 500_000;

  /** For subclasses. */
  protected StoreContract() {}

  /**
   * Makes one more handle on the same data, as another process would have it.
   *
   * @return a store that is not open yet; the kit opens and closes it
   */
  @Override
  protected abstract FlowStore connect();

  /**
   * Lets time pass by the store's clock. The kit asks for some milliseconds at a time; it really
   * waits unless overridden.
   *
   * @param duration at least how much
   */
  @Override
  protected void passTime(Duration duration) {
    long end = now() + duration.toNanos() / 1000;
    while (now() < end) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /**
   * How many executions eight threads claim at once; 10,000 unless overridden.
   *
   * @return at least 1,000, so that the threads get into each other's way
   */
  @Override
  protected int executionsToClaim() {
    return 10_000;
  }

  /**
   * How many random histories are compared with the model; 20 of 100 calls each unless overridden.
   *
   * @return 1 or more
   */
  @Override
  protected int histories() {
    return 20;
  }
}
