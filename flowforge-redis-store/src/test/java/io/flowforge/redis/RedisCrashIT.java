package io.flowforge.redis;

import static io.flowforge.redis.Samples.LEASE;
import static io.flowforge.redis.Samples.addUnowned;
import static io.flowforge.redis.Samples.again;
import static io.flowforge.redis.Samples.first;
import static io.flowforge.redis.Samples.get;
import static io.flowforge.redis.Samples.page;
import static io.flowforge.redis.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.StoreException;
import io.lettuce.core.KillArgs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that die, and answers that are lost. */
final class RedisCrashIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private LocalRedis server;
  private RedisStore store;

  @BeforeEach
  void open() {
    // Holds back nothing: with everysec a busy disk lets a killed server forget.
    server = new LocalRedis(folder, "--appendonly yes --appendfsync always");
    store = RedisStore.builder(server.uri()).timeout(Duration.ofMillis(500)).build();
    store.open();
    get(store.enlist("w", LEASE));
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void a_lost_answer_is_unknown_and_the_same_step_again_is_applied_once() {
    get(store.commit(List.of(first("e", "w"))));
    StoreException lost = loseAnswer(() -> store.commit(List.of(page("e", "w", 2))));
    assertThat(lost.kind()).isEqualTo(StoreException.Kind.UNKNOWN);
    assertThat(again(() -> store.commit(List.of(page("e", "w", 2)))))
        .containsExactly(Commit.Result.APPLIED);
    assertThat(get(store.load(List.of("e"))).get(0).pages()).containsExactly("[1]", "[2]");
  }

  @Test
  void a_read_without_answer_may_be_called_again() {
    assertThat(loseAnswer(() -> store.find("e")).kind()).isEqualTo(StoreException.Kind.TRANSIENT);
  }

  @Test
  void a_lost_claim_is_handed_out_by_the_next_one() {
    addUnowned(store, "w", List.of("a", "b"));
    loseAnswer(() -> store.claim("w", 1));
    List<ExecutionRecord> taken = new ArrayList<>(again(() -> store.claim("w", 5)));
    assertThat(taken).extracting(ExecutionRecord::id).containsExactlyInAnyOrder("a", "b");
    assertThat(get(store.claim("w", 5))).isEmpty();
  }

  @Test
  void a_lost_message_was_kept_once() {
    get(store.commit(List.of(first("e", "w"))));
    loseAnswer(() -> store.send("e", signal("m")));
    assertThat(again(() -> store.send("e", signal("m")))).isEqualTo(Message.Receipt.DUPLICATE);
    assertThat(get(store.inbox("w", 5))).hasSize(1);
  }

  @Test
  void a_call_without_a_connection_sends_nothing() {
    server.kill();
    Eventually.holds(
        PATIENCE,
        () -> {
          StoreException failure = failure(store.commit(List.of(first("e", "w"))));
          return failure.kind() == StoreException.Kind.TRANSIENT;
        });
  }

  @Test
  void a_writer_goes_on_where_it_was_when_the_server_is_killed_and_comes_back() {
    get(store.commit(List.of(first("e", "w"))));
    AtomicLong written = new AtomicLong(1);
    Thread writer = new Thread(() -> writeUpTo(3000, written), "writer");
    writer.start();
    Eventually.holds(PATIENCE, () -> written.get() > 500);
    server.kill();
    server.start();
    Eventually.holds(PATIENCE, () -> !writer.isAlive());
    assertThat(get(store.load(List.of("e"))).get(0).pages())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 3000).mapToObj(i -> "[" + i + "]").toList());
  }

  /** Writes page after page; one that failed is written again until it is applied. */
  private void writeUpTo(long last, AtomicLong written) {
    while (written.get() < last) {
      Commit next = page("e", "w", written.get() + 1);
      assertThat(again(() -> store.commit(List.of(next)))).containsExactly(Commit.Result.APPLIED);
      written.incrementAndGet();
    }
  }

  @Test
  void a_writer_goes_on_while_its_connections_are_cut() {
    get(store.commit(List.of(first("e", "w"))));
    AtomicLong written = new AtomicLong(1);
    Thread writer = new Thread(() -> writeUpTo(1000, written), "writer");
    writer.start();
    for (int cut = 1; cut <= 5; cut++) {
      long mark = 150L * cut;
      Eventually.holds(PATIENCE, () -> written.get() > mark);
      server.ask(commands -> commands.clientKill(KillArgs.Builder.typeNormal().skipme()));
    }
    Eventually.holds(PATIENCE, () -> !writer.isAlive());
    assertThat(again(() -> store.load(List.of("e"))).get(0).pages())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 1000).mapToObj(i -> "[" + i + "]").toList());
  }

  @Test
  void a_full_memory_refuses_writes_whole_and_for_now() {
    get(store.commit(List.of(first("e", "w"))));
    server.ask(commands -> commands.configSet("maxmemory", "1"));
    StoreException full = failure(store.commit(List.of(page("e", "w", 2), first("f", "w"))));
    assertThat(full.kind()).isEqualTo(StoreException.Kind.TRANSIENT);
    assertThat(get(store.load(List.of("e", "f")))).hasSize(1);
    server.ask(commands -> commands.configSet("maxmemory", "0"));
    assertThat(get(store.commit(List.of(page("e", "w", 2), first("f", "w")))))
        .containsOnly(Commit.Result.APPLIED);
  }

  @Test
  void acknowledged_steps_outlive_the_server() {
    for (int i = 0; i < 200; i++) {
      get(store.commit(List.of(first("e" + i, "w"))));
    }
    server.kill();
    server.start();
    List<String> ids = LongStream.range(0, 200).mapToObj(i -> "e" + i).toList();
    assertThat(again(() -> store.load(ids))).hasSize(200);
  }

  /** Lets the server stand still while a call is made, until that has given up. */
  private StoreException loseAnswer(Supplier<? extends CompletionStage<?>> call) {
    server.signal("STOP");
    try {
      return failure(call.get());
    } finally {
      server.signal("CONT");
    }
  }

  private static StoreException failure(CompletionStage<?> call) {
    return catchThrowableOfType(StoreException.class, () -> get(call));
  }
}
