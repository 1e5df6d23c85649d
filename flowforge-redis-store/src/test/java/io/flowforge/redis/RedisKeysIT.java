package io.flowforge.redis;

import static io.flowforge.redis.Samples.LEASE;
import static io.flowforge.redis.Samples.addUnowned;
import static io.flowforge.redis.Samples.execution;
import static io.flowforge.redis.Samples.first;
import static io.flowforge.redis.Samples.get;
import static io.flowforge.redis.Samples.page;
import static io.flowforge.redis.Samples.signal;
import static io.flowforge.redis.Samples.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.StoreException;
import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the keys and scripts of this store do beyond the interface. */
final class RedisKeysIT {
  @TempDir static Path folder;
  private static LocalRedis server;

  private RedisStore store;

  @BeforeAll
  static void start() {
    server = LocalRedis.appending(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    server.ask(commands -> commands.flushall());
    store = RedisStore.connect(server.uri());
    store.open();
    get(store.enlist("w", LEASE));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void scripts_that_the_server_has_forgotten_are_sent_again() {
    server.ask(commands -> commands.scriptFlush());
    assertThat(get(store.commit(List.of(first("e", "w"))))).containsOnly(Commit.Result.APPLIED);
    assertThat(get(store.commit(List.of(page("e", "w", 2))))).containsOnly(Commit.Result.APPLIED);
  }

  @Test
  void an_emptied_database_is_noticed_and_not_filled_anew() {
    get(store.commit(List.of(first("e", "w"))));
    server.ask(commands -> commands.flushall());
    StoreException lost =
        catchThrowableOfType(
            StoreException.class, () -> get(store.commit(List.of(page("e", "w", 2)))));
    assertThat(lost.code()).isEqualTo("FF-STORE-LOST");
    assertThat(lost.kind()).isEqualTo(StoreException.Kind.FATAL);
    Long left = server.ask(commands -> commands.dbsize());
    assertThat(left).isZero();
  }

  @Test
  void stores_with_different_prefixes_do_not_see_each_other() {
    get(store.commit(List.of(first("e", "w"))));
    try (RedisStore other = RedisStore.builder(server.uri()).prefix("other").build()) {
      other.open();
      get(other.enlist("w", LEASE));
      assertThat(get(other.find("e"))).isEmpty();
      assertThat(get(other.list(ExecutionQuery.NEWEST))).isEmpty();
      assertThat(get(other.commit(List.of(first("e", "w"))))).containsOnly(Commit.Result.APPLIED);
    }
  }

  @Test
  void all_keys_lie_in_one_slot_and_none_has_a_time_to_live() {
    leaveEveryKindOfKey(store);
    List<String> keys = server.ask(commands -> commands.keys("*"));
    assertThat(keys).hasSizeGreaterThan(20).allMatch(key -> key.startsWith("{flowforge}:"));
    assertThat(keys.stream().map(SlotHash::getSlot).distinct()).hasSize(1);
    assertThat(keys.stream().map(key -> server.ask(commands -> commands.ttl(key))).distinct())
        .containsExactly(-1L);
  }

  private static void leaveEveryKindOfKey(RedisStore store) {
    NewExecution created =
        new NewExecution("e", "f", "h", "tenant", Map.of("order", "7"), "{}", 1, "w");
    Commit first =
        new Commit(
            "e",
            "w",
            1,
            1,
            "[]",
            created,
            null,
            List.of(execution("child", null)),
            List.of(new EventWait("paid", "7", "node")),
            List.of(),
            List.of(),
            0);
    get(store.commit(List.of(first, first("done", "w"))));
    get(store.send("e", signal("m")));
    get(store.claim("w", "child"));
    get(store.claim("w", 1));
    get(store.publish(new PublishedEvent("kept", "none waits", "", "{}", Long.MAX_VALUE)));
    get(store.write("kind", "key", 0, new byte[] {1}));
    get(
        store.commit(
            List.of(page("done", "w", 2).with(HeadChange.ended(ExecutionStatus.FAILED, "X", 5)))));
    addUnowned(store, "w", List.of("free"));
  }

  @Test
  void a_node_of_a_cluster_that_has_nothing_but_that_slot_will_do(@TempDir Path own) {
    String settings =
        "--appendonly yes --cluster-enabled yes --cluster-require-full-coverage no"
            + " --cluster-config-file nodes";
    try (LocalRedis node = new LocalRedis(own, settings);
        RedisStore inCluster = RedisStore.connect(node.uri())) {
      node.ask(commands -> commands.clusterAddSlots(SlotHash.getSlot("{flowforge}:")));
      Eventually.holds(
          Duration.ofSeconds(20),
          () -> node.ask(commands -> commands.clusterInfo().contains("cluster_state:ok")));
      inCluster.open();
      get(inCluster.enlist("w", LEASE));
      leaveEveryKindOfKey(inCluster);
      assertThat(get(inCluster.list(ExecutionQuery.NEWEST))).hasSizeGreaterThan(3);
      assertThat(get(inCluster.purge(Set.of(ExecutionStatus.FAILED), 9, 9))).isEqualTo(1);
      get(inCluster.retire("w"));
    }
  }

  @Test
  void a_call_of_many_large_steps_is_answered_in_order() {
    get(store.commit(List.of(first("e", "w"))));
    String large = "\"" + "x".repeat(3_000_000) + "\"";
    List<Commit> many = new ArrayList<>();
    IntStream.range(0, 2100).forEach(i -> many.add(first("e" + i, "w")));
    many.set(7, Commit.create(execution("large", "w"), large));
    many.set(8, first("e", "w"));
    many.set(9, Commit.create(execution("larger", "w"), large + " ".repeat(6_000_000)));
    many.set(2099, page("e", "w", 2).with(HeadChange.to(ExecutionStatus.RUNNING, true)));
    many.remove(8);
    List<Commit.Result> results = get(store.commit(many));
    assertThat(results).hasSize(2099).containsOnly(Commit.Result.APPLIED);
    assertThat(get(store.load(List.of("larger"))).get(0).pages().get(0)).hasSize(9_000_002);
  }

  @Test
  void nothing_of_a_purged_execution_is_left() {
    List<String> before = server.ask(commands -> commands.keys("*")).stream().sorted().toList();
    NewExecution created =
        new NewExecution("e", "f", "h", "tenant", Map.of("order", "7"), "{}", 1, "w");
    get(store.commit(List.of(Commit.create(created, "[]"))));
    get(store.send("e", signal("m")));
    HeadChange end = HeadChange.ended(ExecutionStatus.CANCELLED, null, 9);
    get(
        store.commit(
            List.of(
                new Commit(
                    "e", "w", 1, 2, "[]", null, end, List.of(), List.of(), List.of(), List.of(),
                    1))));
    assertThat(get(store.purge(Set.of(ExecutionStatus.CANCELLED), 10, 5))).isEqualTo(1);
    List<String> after = server.ask(commands -> commands.keys("*"));
    assertThat(after).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void start_times_beyond_exact_scores_are_ordered_to_the_microsecond() {
    // 2^57, where floating-point numbers are 32 apart: late in the year 6536.
    long far = 1L << 57;
    for (int i = 0; i < 5; i++) {
      String id = "e" + "31402".charAt(i);
      get(store.commit(List.of(Commit.create(started(id, "w", far + id.charAt(1)), "[]"))));
    }
    ExecutionQuery two = ExecutionQuery.NEWEST.withLimit(2);
    List<ExecutionRecord> newest = get(store.list(two));
    assertThat(newest).extracting(ExecutionRecord::id).containsExactly("e4", "e3");
    assertThat(newest.get(0).startedMicros()).isEqualTo(far + '4');
    assertThat(get(store.list(two.after(newest.get(1)))))
        .extracting(ExecutionRecord::id)
        .containsExactly("e2", "e1");
  }

  @Test
  void a_rare_execution_is_found_among_thousands_by_several_statuses() {
    List<Commit> many = new ArrayList<>();
    IntStream.range(0, 3000)
        .forEach(i -> many.add(Commit.create(started("e" + i, "w", 5000 - i), "[]")));
    get(store.commit(many));
    get(
        store.commit(
            List.of(page("e2999", "w", 2).with(HeadChange.to(ExecutionStatus.WAITING, false)))));
    ExecutionQuery some = ExecutionQuery.NEWEST.withFlow("flow").withTenant("");
    Set<ExecutionStatus> both = Set.of(ExecutionStatus.WAITING, ExecutionStatus.PENDING);
    assertThat(get(store.list(some.withStatuses(Set.of(ExecutionStatus.WAITING)))))
        .extracting(ExecutionRecord::id)
        .containsExactly("e2999");
    List<ExecutionRecord> all = new ArrayList<>();
    ExecutionQuery next = some.withStatuses(both).withLimit(1000);
    for (int page = 0; page < 4; page++) {
      List<ExecutionRecord> found = get(store.list(next));
      all.addAll(found);
      next = next.after(all.get(all.size() - 1));
    }
    assertThat(all)
        .extracting(ExecutionRecord::id)
        .containsExactlyElementsOf(IntStream.range(0, 3000).mapToObj(i -> "e" + i).toList());
  }

  @Test
  void what_no_index_tells_apart_is_looked_for_step_by_step() {
    List<Commit> many = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      String tenant = i == 0 ? "" : "other";
      many.add(
          Commit.create(
              new NewExecution("e" + i, "flow", "h", tenant, Map.of(), "{}", i + 1, "w"), "[]"));
    }
    get(store.commit(many));
    assertThat(get(store.list(ExecutionQuery.NEWEST.withTenant(""))))
        .extracting(ExecutionRecord::id)
        .containsExactly("e0");
  }

  @Test
  void all_that_a_dead_worker_owned_is_claimed_in_one_call() {
    get(store.enlist("short", Duration.ofSeconds(2)));
    List<Commit> many = new ArrayList<>();
    IntStream.range(0, 2500).forEach(i -> many.add(first("e" + i, "short")));
    get(store.commit(many));
    List<ExecutionRecord> taken = new ArrayList<>();
    Eventually.holds(Duration.ofSeconds(30), () -> taken.addAll(get(store.claim("w", 5000))));
    assertThat(taken).hasSize(2500).allMatch(head -> head.recoveries() == 1 && head.epoch() > 1);
  }

  @Test
  void a_retired_worker_gives_back_more_than_one_batch() {
    get(store.enlist("leaving", LEASE));
    List<Commit> many = new ArrayList<>();
    IntStream.range(0, 1200).forEach(i -> many.add(first("e" + i, "leaving")));
    get(store.commit(many));
    get(store.retire("leaving"));
    assertThat(get(store.claim("w", 5000))).hasSize(1200).allMatch(head -> head.recoveries() == 0);
  }

  @Test
  void texts_come_back_as_they_were() {
    String odd = "a\u0000: 1:b \ud83d\ude00 {x} ";
    Map<String, String> attributes = Map.of(odd, odd, "", "");
    NewExecution created =
        new NewExecution(odd, odd, odd, odd, attributes, "\"" + odd + "\"", Long.MIN_VALUE, "w");
    get(store.commit(List.of(Commit.create(created, odd))));
    get(store.send(odd, new Message(odd, Message.Kind.OPERATE, odd, odd)));
    var whole = get(store.load(List.of(odd))).get(0);
    assertThat(whole.head().attributes()).isEqualTo(attributes);
    assertThat(whole.head().startedMicros()).isEqualTo(Long.MIN_VALUE);
    assertThat(whole.pages()).containsExactly(odd);
    assertThat(whole.unread().get(0).message().payload()).isEqualTo(odd);
    assertThat(get(store.list(ExecutionQuery.NEWEST.withAttributes(attributes).withTenant(odd))))
        .containsExactly(whole.head());
  }
}
