package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.redis.RedisStore;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoreException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of docs/store-redis.md. */
class RedisStoreTest {
  @Test
  void a_store_is_made_without_connecting() {
    FlowStore plain = RedisStore.connect("redis://localhost:6379");

    FlowStore durable =
        RedisStore.builder("rediss://user:password@redis.example:6380/0")
            .prefix("orders")
            .timeout(Duration.ofSeconds(3))
            .acceptDurability(Durability.OS_CRASH)
            .build();

    for (FlowStore store : List.of(plain, durable)) {
      assertThat(store.now())
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .withCauseInstanceOf(StoreException.class);
      store.close();
    }
  }
}
