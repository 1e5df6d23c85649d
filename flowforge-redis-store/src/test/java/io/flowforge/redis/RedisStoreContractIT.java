package io.flowforge.redis;

import io.flowforge.spi.store.FlowStore;
import io.flowforge.testkit.StoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The Redis store under the kit of stores. */
class RedisStoreContractIT extends StoreContract {
  @TempDir static Path folder;
  private static LocalRedis server;
  private static final AtomicInteger TESTS = new AtomicInteger();

  /** A store for each test. */
  private final String prefix = "test-" + TESTS.incrementAndGet();

  private final List<RedisStore> connected = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = LocalRedis.appending(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() {
    connected.forEach(RedisStore::close);
  }

  @Override
  protected FlowStore connect() {
    RedisStore store = RedisStore.builder(server.uri()).prefix(prefix).build();
    connected.add(store);
    return store;
  }
}
