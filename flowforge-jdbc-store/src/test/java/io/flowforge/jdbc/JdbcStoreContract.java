package io.flowforge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.store.FlowStore;
import io.flowforge.testkit.StoreContract;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;

/** The store kit on a database; each handle has a pool of its own, as each process has. */
abstract class JdbcStoreContract extends StoreContract {
  private static final Queue<Pool> POOLS = new ConcurrentLinkedQueue<>();

  /** How the host's pool is made. */
  enum HostPool {
    ONE_MANUAL(1, false),
    ONE_AUTO(1, true),
    EIGHT_MANUAL(8, false),
    EIGHT_AUTO(8, true);

    final int size;
    final boolean autoCommit;

    HostPool(int size, boolean autoCommit) {
      this.size = size;
      this.autoCommit = autoCommit;
    }
  }

  abstract Pool.Spare spare();

  abstract HostPool hostPool();

  @Override
  protected FlowStore connect() {
    Pool pool = new Pool(spare(), hostPool().size, hostPool().autoCommit);
    POOLS.add(pool);
    JdbcStore.Builder builder = JdbcStore.builder(pool.dataSource());
    // Found out by itself this takes half a second each time.
    return hostPool().size == 1 ? builder.connections(1).build() : builder.build();
  }

  @AfterAll
  static void connections_have_come_back_as_they_went() {
    assertThat(POOLS).extracting(Pool::complaint).filteredOn(Objects::nonNull).isEmpty();
    POOLS.clear();
  }

  @Override
  protected int executionsToClaim() {
    return hostPool() == HostPool.EIGHT_AUTO ? 4_000 : 1_000;
  }

  @Override
  protected int histories() {
    return hostPool() == HostPool.EIGHT_AUTO ? 5 : 1;
  }
}
