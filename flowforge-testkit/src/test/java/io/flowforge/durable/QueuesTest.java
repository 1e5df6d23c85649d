package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.FlowForgeException;
import io.flowforge.QueueOptions;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Concurrency;
import io.flowforge.flow.Flow;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executions that wait their turn, whichever engine began them and whichever drives them. */
class QueuesTest {
  private static final Flow WAITS = waits("waits", "");
  private static final Flow ONE_EACH = waits("each", one("queue"));
  private static final Flow SKIPS = waits("skips", one("skip"));
  private static final Flow QUEUES_ONE = waits("queues-one", one("queue-one"));
  private static final Flow REPLACES = waits("replaces", one("cancel-previous"));
  private static final Flow BROKEN =
      waits("broken", ", \"settings\": {\"concurrency\": {\"key\": \"${int(inputs.c)}\"}}");
  private static final Flow PARENT =
      Flow.parse(
          """
          {"id": "parent", "inputs": {"c": {"type": "string"}},
           "nodes": [{"id": "s", "type": "subflow", "config": {"flow": "each", "inputs": {"c": "${inputs.c}"}}}]}
          """);

  private final World world =
      new World(WAITS, ONE_EACH, SKIPS, QUEUES_ONE, REPLACES, BROKEN, PARENT);

  private static String one(String overlap) {
    return """
        , "settings": {"concurrency": {"key": "${inputs.c}", "limit": 1, "overlap": "%s"}}"""
        .formatted(overlap);
  }

  /** Waits for an event of its own between two effects. */
  private static Flow waits(String id, String settings) {
    return Flow.parse(
        """
        {"id": "%s", "inputs": {"c": {"default": "x"}}%s, "nodes": [
          {"id": "a", "type": "effect", "config": {"value": 1}},
          {"id": "e", "type": "wait-for-event", "config": {"event": "go", "correlation": "${execution.id}"}}],
         "edges": [{"from": "a", "to": "e"}], "outputs": {"v": "${e.output}"}}
        """
            .formatted(id, settings));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static StartOptions id(String id) {
    return StartOptions.DEFAULT.withExecutionId(id);
  }

  private static StartOptions id(String id, QueueOptions queue) {
    return id(id).withQueue(queue);
  }

  private void pass(long seconds) {
    for (int i = 0; i < seconds; i++) {
      world.time.advance(Duration.ofSeconds(1));
    }
  }

  private ExecutionStatus status(String id) {
    return record(id).status();
  }

  private ExecutionRecord record(String id) {
    return world.store.find(id).toCompletableFuture().join().orElseThrow();
  }

  private List<String> inStatus(ExecutionStatus status) {
    return world
        .store
        .list(ExecutionQuery.NEWEST.withStatuses(Set.of(status)))
        .toCompletableFuture()
        .join()
        .stream()
        .map(ExecutionRecord::id)
        .sorted()
        .toList();
  }

  private void go(World.Member member, String id) {
    member.forge.publish("go", id, id);
    pass(1);
  }

  @Test
  void the_limit_of_a_key_holds_over_engines_in_the_order_of_acceptance() {
    World.Member first = world.member();
    World.Member second = world.member();
    first.forge.start(ONE_EACH, Map.of("c", "k"), id("a"));
    second.forge.start(ONE_EACH, Map.of("c", "k"), id("b"));
    first.forge.start(ONE_EACH, Map.of("c", "k"), id("c"));
    second.forge.start(ONE_EACH, Map.of("c", "other"), id("d"));
    pass(1);
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("a", "d");
    assertThat(inStatus(ExecutionStatus.PENDING)).containsExactly("b", "c");
    go(second, "a");
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("b", "d");
    go(first, "b");
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("c", "d");
    assertThat(status("a")).isEqualTo(ExecutionStatus.COMPLETED);
  }

  @Test
  void what_waits_in_line_is_not_under_way_in_any_engine() {
    World.Member member = world.member();
    for (int i = 0; i < 50; i++) {
      member.forge.start(ONE_EACH, Map.of("c", "k"), id("e" + i));
    }
    pass(1);
    assertThat(inStatus(ExecutionStatus.PENDING)).hasSize(49);
    assertThat((Integer) member.forge.health().facts().get("underWay")).isLessThanOrEqualTo(1);
  }

  @Test
  void the_death_of_an_engine_frees_no_place_and_loses_none() {
    World.Member first = world.member();
    first.forge.start(ONE_EACH, Map.of("c", "k"), id("a"));
    first.forge.start(ONE_EACH, Map.of("c", "k"), id("b"));
    World.Member second = world.member();
    first.kill();
    second.forge.start(ONE_EACH, Map.of("c", "k"), id("c"));
    pass(40);
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("a");
    assertThat(inStatus(ExecutionStatus.PENDING)).containsExactly("b", "c");
    go(second, "a");
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("b");
    go(second, "b");
    go(second, "c");
    assertThat(inStatus(ExecutionStatus.COMPLETED)).containsExactly("a", "b", "c");
  }

  @Test
  void an_engine_that_dies_while_it_drives_one_keeps_the_others_out() {
    World.Member doomed = world.doomed();
    assertThatThrownBy(() -> doomed.forge.start(ONE_EACH, Map.of("c", "k"), id("a")))
        .isInstanceOf(FlowForgeException.class);
    World.Member second = world.member();
    second.forge.start(ONE_EACH, Map.of("c", "k"), id("a"));
    second.forge.start(ONE_EACH, Map.of("c", "k"), id("b"));
    pass(40);
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("a");
    assertThat(inStatus(ExecutionStatus.PENDING)).containsExactly("b");
  }

  @Test
  void one_in_line_is_cancelled_without_running() {
    World.Member member = world.member();
    member.forge.start(ONE_EACH, Map.of("c", "k"), id("a"));
    Execution second = member.forge.start(ONE_EACH, Map.of("c", "k"), id("b"));
    member.forge.start(ONE_EACH, Map.of("c", "k"), id("c"));
    assertThat(second.cancel("enough")).isTrue();
    pass(1);
    assertThat(status("b")).isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("a");
    go(member, "a");
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("c");
    assertThat(second.snapshot().node("a").orElseThrow().attempts()).isZero();
  }

  @Test
  void a_known_id_in_line_gives_the_same_execution() {
    World.Member member = world.member();
    member.forge.start(ONE_EACH, Map.of("c", "k"), id("a"));
    assertThat(member.forge.start(ONE_EACH, Map.of("c", "k"), id("b")).created()).isTrue();
    World.Member other = world.member();
    assertThat(other.forge.start(ONE_EACH, Map.of("c", "k"), id("b")).created()).isFalse();
    assertThatThrownBy(() -> other.forge.start(ONE_EACH, Map.of("c", "l"), id("b")))
        .extracting("code")
        .isEqualTo("FF-START-CONFLICT");
  }

  @Test
  void a_start_is_skipped_while_another_engine_runs_one() {
    World.Member first = world.member();
    World.Member second = world.member();
    first.forge.start(SKIPS, Map.of(), id("a"));
    Execution skipped = second.forge.start(SKIPS, Map.of(), id("b"));
    pass(1);
    assertThat(status("b")).isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(skipped.await(Duration.ofMillis(1)).error().orElseThrow().code())
        .isEqualTo("FF-OVERLAP");
    go(first, "a");
    second.forge.start(SKIPS, Map.of(), id("c"));
    pass(1);
    assertThat(status("c")).isEqualTo(ExecutionStatus.WAITING);
  }

  @Test
  void one_waits_and_the_rest_is_skipped() {
    World.Member first = world.member();
    World.Member second = world.member();
    first.forge.start(QUEUES_ONE, Map.of(), id("a"));
    second.forge.start(QUEUES_ONE, Map.of(), id("b"));
    first.forge.start(QUEUES_ONE, Map.of(), id("c"));
    pass(1);
    assertThat(inStatus(ExecutionStatus.PENDING)).containsExactly("b");
    assertThat(inStatus(ExecutionStatus.CANCELLED)).containsExactly("c");
    go(second, "a");
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("b");
  }

  @Test
  void the_previous_one_is_cancelled_wherever_it_runs() {
    World.Member first = world.member();
    World.Member second = world.member();
    first.forge.start(REPLACES, Map.of(), id("a"));
    pass(1);
    second.forge.start(REPLACES, Map.of(), id("b"));
    pass(1);
    assertThat(status("a")).isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(status("b")).isEqualTo(ExecutionStatus.WAITING);
  }

  @Test
  void sub_flows_wait_their_turn_as_well() {
    World.Member first = world.member();
    World.Member second = world.member();
    first.forge.start(ONE_EACH, Map.of("c", "k"), id("a"));
    second.forge.start(PARENT, Map.of("c", "k"), id("p"));
    pass(1);
    List<String> pending = inStatus(ExecutionStatus.PENDING);
    assertThat(pending).hasSize(1);
    go(first, "a");
    assertThat(status(pending.get(0))).isEqualTo(ExecutionStatus.WAITING);
    go(first, pending.get(0));
    pass(6);
    assertThat(status("p")).isEqualTo(ExecutionStatus.COMPLETED);
  }

  @Test
  void a_key_that_cannot_be_made_fails_the_execution() {
    Execution broken = world.member().forge.start(BROKEN, Map.of(), id("a"));
    pass(1);
    assertThat(broken.status()).isEqualTo(ExecutionStatus.FAILED);
    Map<String, Object> long300 = Map.of("c", "x".repeat(300));
    world.member().forge.start(ONE_EACH, long300, id("b"));
    assertThat(record("b").reason()).isEqualTo("FF-QUEUE-KEY");
  }

  @Test
  void a_queue_of_the_hosts_own_has_limit_and_priority() {
    World.Member member = world.member();
    QueueOptions two = QueueOptions.of("mail").withLimit(2);
    member.forge.start(WAITS, Map.of(), id("a", two));
    member.forge.start(ONE_EACH, Map.of(), id("b", two));
    member.forge.start(WAITS, Map.of(), id("c", two));
    member.forge.start(WAITS, Map.of(), id("d", two.withPriority(-1)));
    pass(1);
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("a", "b");
    go(member, "a");
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("b", "d");
  }

  @Test
  void options_that_need_a_queue_are_refused_without_one() {
    World.Member member = world.member();
    QueueOptions limit = QueueOptions.NONE.withLimit(2);
    assertThatThrownBy(() -> member.forge.start(WAITS, Map.of(), id("a", limit)))
        .extracting("code")
        .isEqualTo("FF-QUEUE-KEY");
  }

  @Test
  void a_delayed_start_begins_at_its_time_though_its_engine_is_gone() {
    World.Member first = world.member();
    QueueOptions delayed = QueueOptions.NONE.withDelay(Duration.ofMinutes(1));
    Execution early = first.forge.start(WAITS, Map.of(), id("a", delayed));
    first.kill();
    World.Member second = world.member();
    second.forge.execution("a").orElseThrow().signal("other", 1);
    pass(58);
    assertThat(status("a")).isEqualTo(ExecutionStatus.PENDING);
    pass(8);
    assertThat(status("a")).isEqualTo(ExecutionStatus.WAITING);
    assertThat(early.id()).isEqualTo("a");
  }

  @Test
  void a_start_with_a_known_key_gives_the_first_execution_for_seven_days() {
    QueueOptions once = QueueOptions.NONE.withDedupKey("order-7");
    World.Member first = world.member();
    StartOptions how = StartOptions.DEFAULT.withQueue(once);
    Execution one = first.forge.start(WAITS, Map.of(), how);
    assertThat(one.created()).isTrue();
    first.kill();
    World.Member second = world.member();
    Execution again = second.forge.start(WAITS, Map.of(), how);
    assertThat(again.created()).isFalse();
    assertThat(again.id()).isEqualTo(one.id());
    assertThat(second.forge.start(WAITS, Map.of(), how.withTenant("t")).created()).isTrue();
    assertThatThrownBy(() -> second.forge.start(WAITS, Map.of("c", "z"), how))
        .extracting("code")
        .isEqualTo("FF-START-CONFLICT");
    world.time.advance(Duration.ofDays(8));
    assertThat(world.member().forge.start(WAITS, Map.of(), how).created()).isTrue();
  }

  @Test
  void the_last_of_debounced_starts_runs_once() {
    World.Member first = world.member();
    World.Member second = world.member();
    QueueOptions quiet = QueueOptions.NONE.withDebounce("report", Duration.ofSeconds(10));
    first.forge.start(WAITS, Map.of("c", "1"), id("a", quiet));
    pass(5);
    second.forge.start(WAITS, Map.of("c", "2"), id("b", quiet));
    pass(5);
    first.forge.start(WAITS, Map.of("c", "3"), id("c", quiet));
    second.kill();
    pass(30);
    assertThat(inStatus(ExecutionStatus.CANCELLED)).containsExactly("a", "b");
    assertThat(record("a").reason()).isEqualTo("FF-DEBOUNCED");
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("c");
    first.forge.start(WAITS, Map.of(), id("d", quiet));
    pass(20);
    assertThat(inStatus(ExecutionStatus.WAITING)).containsExactly("c", "d");
  }

  @Test
  void no_more_begin_in_a_span_than_the_rate_permits() {
    World.Member first = world.member();
    World.Member second = world.member();
    QueueOptions slow = QueueOptions.of("mail").withLimit(100).withRate(2, Duration.ofMinutes(1));
    List<Integer> begun = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      (i % 2 == 0 ? first : second).forge.start(WAITS, Map.of(), id("e" + i, slow));
    }
    for (int minute = 0; minute < 4; minute++) {
      pass(60);
      begun.add(inStatus(ExecutionStatus.WAITING).size());
    }
    assertThat(begun.get(3)).isEqualTo(6);
    assertThat(begun.get(0)).isBetween(2, 4);
    assertThat(begun.get(1) - begun.get(0)).isLessThanOrEqualTo(2);
  }

  @Test
  void bounds_are_checked_before_anything_is_written() {
    assertThatThrownBy(() -> QueueOptions.of(" ")).hasMessageContaining("queue.key");
    assertThatThrownBy(() -> QueueOptions.of("k".repeat(201))).hasMessageContaining("201");
    assertThatThrownBy(() -> QueueOptions.of("k").withPriority(1001)).hasMessageContaining("1001");
    assertThatThrownBy(() -> QueueOptions.of("k").withLimit(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> QueueOptions.of("k").withRate(0, Duration.ofSeconds(1)))
        .hasMessageContaining("permits");
    assertThatThrownBy(() -> QueueOptions.NONE.withDebounce("k", Duration.ZERO))
        .hasMessageContaining("quiet");
    assertThatThrownBy(() -> QueueOptions.NONE.withDelay(Duration.ofDays(367)))
        .hasMessageContaining("delay");
    assertThat(QueueOptions.of("k").withOverlap(Concurrency.Overlap.SKIP).overlap())
        .isEqualTo(Concurrency.Overlap.SKIP);
  }
}
