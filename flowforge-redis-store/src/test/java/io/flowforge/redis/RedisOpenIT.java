package io.flowforge.redis;

import static io.flowforge.redis.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoreTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers a store is opened on, and what it promises there. */
final class RedisOpenIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"always,OS_CRASH", "everysec,PROCESS_CRASH", "no,PROCESS_CRASH"})
  void durability_follows_from_how_the_file_is_synced(String sync, Durability expected) {
    try (LocalRedis server = new LocalRedis(folder, "--appendonly yes --appendfsync " + sync);
        RedisStore store = RedisStore.connect(server.uri())) {
      assertThat(store.open()).isEqualTo(new StoreTraits("Redis 6.2.11", expected, true));
    }
  }

  @Test
  void a_server_that_does_not_append_is_refused_until_that_is_accepted() {
    try (LocalRedis server = new LocalRedis(folder, "")) {
      assertThat(refusal(RedisStore.builder(server.uri())).code()).isEqualTo("FF-STORE-DURABILITY");
      try (RedisStore store =
          RedisStore.builder(server.uri()).acceptDurability(Durability.NONE).build()) {
        assertThat(store.open().durability()).isEqualTo(Durability.NONE);
      }
    }
  }

  @Test
  void a_weaker_server_than_asked_for_is_refused() {
    try (LocalRedis server = LocalRedis.appending(folder)) {
      StoreException refusal =
          refusal(RedisStore.builder(server.uri()).acceptDurability(Durability.OS_CRASH));
      assertThat(refusal.code()).isEqualTo("FF-STORE-DURABILITY");
      assertThat(refusal).hasMessageContaining("appendfsync always");
    }
  }

  @Test
  void a_server_that_evicts_is_refused() {
    try (LocalRedis server =
        new LocalRedis(folder, "--appendonly yes --maxmemory-policy allkeys-lru")) {
      StoreException refusal = refusal(RedisStore.builder(server.uri()));
      assertThat(refusal.code()).isEqualTo("FF-STORE-DURABILITY");
      assertThat(refusal).hasMessageContaining("noeviction");
    }
  }

  @Test
  void a_server_that_hides_its_settings_needs_a_statement() {
    try (LocalRedis server = new LocalRedis(folder, "--appendonly yes --rename-command CONFIG x")) {
      assertThat(refusal(RedisStore.builder(server.uri())))
          .hasMessageContaining("stateDurability")
          .extracting(StoreException::code)
          .isEqualTo("FF-STORE-DURABILITY");
      try (RedisStore store =
          RedisStore.builder(server.uri()).stateDurability(Durability.OS_CRASH).build()) {
        assertThat(store.open().durability()).isEqualTo(Durability.OS_CRASH);
      }
    }
  }

  @Test
  void a_replica_is_refused() {
    try (LocalRedis server = LocalRedis.appending(folder)) {
      server.ask(commands -> commands.replicaof("127.0.0.1", 1));
      StoreException refusal = refusal(RedisStore.builder(server.uri()));
      assertThat(refusal.code()).isEqualTo("FF-STORE-SERVER");
      assertThat(refusal).hasMessageContaining("replica");
    }
  }

  @Test
  void a_wrong_password_is_told_without_it() {
    try (LocalRedis server = new LocalRedis(folder, "--appendonly yes --requirepass right")) {
      String uri = "redis://:wr0ng@127.0.0.1:" + server.port();
      StoreException refusal = refusal(RedisStore.builder(uri));
      assertThat(refusal.code()).isEqualTo("FF-STORE-ACCESS");
      assertThat(refusal).hasMessageNotContaining("wr0ng").hasNoCause();
    }
  }

  @Test
  void the_documented_rights_are_enough() throws IOException {
    String begin = "ACL SETUSER ";
    String rights =
        Files.readAllLines(Path.of("..", "docs", "store-redis.md")).stream()
            .filter(line -> line.startsWith(begin))
            .map(line -> line.substring(begin.length()))
            .collect(Collectors.joining());
    try (LocalRedis server = new LocalRedis(folder, "--appendonly yes --user " + rights);
        RedisStore store =
            RedisStore.connect("redis://flowforge:password@127.0.0.1:" + server.port())) {
      store.open();
      get(store.enlist("w", Samples.LEASE));
      assertThat(get(store.commit(List.of(Samples.first("e", "w")))))
          .containsOnly(Commit.Result.APPLIED);
      Samples.addUnowned(store, "w", List.of("free"));
      assertThat(get(store.claim("w", 5))).hasSize(1);
    }
  }

  @Test
  void a_server_that_is_not_there_may_come_later() {
    StoreException refusal = refusal(RedisStore.builder("redis://127.0.0.1:1"));
    assertThat(refusal.code()).isEqualTo("FF-STORE-UNAVAILABLE");
    assertThat(refusal.kind()).isEqualTo(StoreException.Kind.TRANSIENT);
  }

  @Test
  void keys_of_another_version_are_refused_and_left_alone() {
    try (LocalRedis server = LocalRedis.appending(folder)) {
      server.ask(commands -> commands.hset("{flowforge}:meta", "version", "2"));
      assertThat(refusal(RedisStore.builder(server.uri())).code()).isEqualTo("FF-STORE-SCHEMA");
      Map<String, String> left = server.ask(commands -> commands.hgetall("{flowforge}:meta"));
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void an_address_that_is_none_is_refused_without_its_password() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisStore.connect("http://user:s3cret@host"))
        .withMessageNotContaining("s3cret")
        .withNoCause();
  }

  @Test
  void a_closed_store_refuses_and_leaves_no_thread() {
    try (LocalRedis server = LocalRedis.appending(folder)) {
      RedisStore store = RedisStore.connect(server.uri());
      store.open();
      store.close();
      store.close();
      assertThat(catchThrowableOfType(StoreException.class, () -> get(store.now())).code())
          .isEqualTo("FF-STORE-CLOSED");
      Eventually.holds(Duration.ofSeconds(20), RedisOpenIT::noThreadIsLeft);
    }
  }

  private static boolean noThreadIsLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .noneMatch(name -> name.startsWith("lettuce") || name.startsWith("globalEventExecutor"));
  }

  private static StoreException refusal(RedisStoreBuilder options) {
    try (RedisStore store = options.build()) {
      return catchThrowableOfType(StoreException.class, store::open);
    }
  }
}
