package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.InvalidFlowException;
import io.flowforge.StartOptions;
import io.flowforge.StartOutcomeUnknownException;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Flow;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executions that outlive the engine that began them, and are asked things by others. */
class SharedRunsTest {
  private static final Flow WAITS =
      Flow.parse(
          """
          {"id": "waits", "nodes": [
            {"id": "a", "type": "effect", "config": {"value": 1}},
            {"id": "e", "type": "wait-for-event", "config": {"event": "paid", "correlation": "o7"}},
            {"id": "b", "type": "effect", "config": {"value": "${e.output}"}}],
           "edges": [{"from": "a", "to": "e"}, {"from": "e", "to": "b"}], "outputs": {"b": "${b.output.did}"}}
          """);
  private static final Flow ASKS =
      Flow.parse(
          """
          {"id": "asks", "nodes": [
            {"id": "q", "type": "user-input", "config": {"prompt": "ok?", "fields": {"ok": {"type": "boolean"}}}},
            {"id": "b", "type": "effect", "config": {"value": "${q.output.ok}"}}],
           "edges": [{"from": "q", "to": "b"}], "outputs": {"b": "${b.output.did}"}}
          """);
  private static final Flow FAILS =
      Flow.parse(
          """
          {"id": "fails", "variables": {"limit": 1}, "nodes": [
            {"id": "a", "type": "effect", "config": {"value": 1}},
            {"id": "b", "type": "effect", "config": {"value": "${vars.limit}", "fails": "${vars.limit}"}},
            {"id": "c", "type": "effect", "config": {"value": 3}}],
           "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}], "outputs": {"c": "${c.output.did}"}}
          """);

  private static final Flow CHILD =
      Flow.parse(
          """
          {"id": "child", "nodes": [
            {"id": "e", "type": "wait-for-event", "config": {"event": "go"}}], "outputs": {"v": "${e.output}"}}
          """);
  private static final Flow PARENT =
      Flow.parse(
          """
          {"id": "parent", "nodes": [{"id": "s", "type": "subflow", "config": {"flow": "child"}}],
           "outputs": {"v": "${s.output.v}"}}
          """);

  private final World world = new World(WAITS, ASKS, FAILS, CHILD, PARENT);

  @AfterEach
  void close() {
    world.close();
  }

  private static StartOptions id(String id) {
    return StartOptions.DEFAULT.withExecutionId(id);
  }

  private void pass(long seconds) {
    for (int i = 0; i < seconds; i++) {
      world.time.advance(Duration.ofSeconds(1));
    }
  }

  private Execution on(World.Member member, String id) {
    return member.forge.execution(id).orElseThrow();
  }

  @Test
  void a_known_id_gives_the_execution_that_exists_and_refuses_another_start() {
    World.Member first = world.member();
    assertThat(first.forge.start(WAITS, Map.of("n", 1), id("x")).created()).isTrue();
    World.Member second = world.member();
    assertThat(second.forge.start(WAITS, Map.of("n", 1), id("x")).created()).isFalse();
    assertThatThrownBy(() -> second.forge.start(WAITS, Map.of("n", 2), id("x")))
        .isInstanceOf(FlowForgeException.class)
        .hasMessageContaining("another flow or other inputs");
    assertThatThrownBy(() -> second.forge.start(ASKS, Map.of("n", 1), id("x")))
        .extracting("code")
        .isEqualTo("FF-START-CONFLICT");
  }

  @Test
  void what_is_claimed_while_a_start_of_its_id_is_under_way_goes_on_behind_that() {
    Flow rests =
        Flow.parse(
            """
            {"id": "rests", "nodes": [{"id": "w", "type": "wait", "config": {"duration": "20s"}},
              {"id": "e", "type": "effect"}], "edges": [{"from": "w", "to": "e"}]}
            """);
    World.Member first = world.member();
    first.forge.start(rests, Map.of(), id("x"));
    World.Member second = world.member();
    second.store.refuseCommits(true);
    assertThatThrownBy(() -> second.forge.start(rests, Map.of(), id("x")))
        .isInstanceOf(StartOutcomeUnknownException.class);
    first.kill();
    pass(45);
    second.store.refuseCommits(false);
    pass(20);
    assertThat(on(second, "x").status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(world.effects.lines()).hasSize(1);
  }

  @Test
  void what_is_claimed_and_cannot_be_read_at_once_goes_on_when_it_can() {
    World.Member member = world.member();
    member.forge.start(WAITS, Map.of(), id("x"));
    member.store.refuseLoads(true);
    on(member, "x").signal("paid", 42);
    pass(3);
    assertThat(headOf("x").worker()).isNotNull();
    assertThat(world.isOver("x")).isFalse();
    member.store.refuseLoads(false);
    pass(3);
    assertThat(on(member, "x").snapshot().outputs()).isEqualTo(Map.of("b", 42));
    assertThat(member.forge.health().facts()).containsEntry("leasesLost", 0L);
  }

  @Test
  void what_is_unparked_and_cannot_be_read_at_once_goes_on_when_it_can() {
    World.Member first = world.member();
    first.forge.start(WAITS, Map.of(), id("x"));
    first.kill();
    world.store.send("x", new Message("m", Message.Kind.SIGNAL, "paid", "42"));
    world.stranger();
    pass(45);
    assertThat(headOf("x").status()).isEqualTo(ExecutionStatus.PARKED);
    World.Member member = world.member();
    member.store.refuseLoads(true);
    pass(120);
    assertThat(headOf("x").worker()).isNotNull();
    member.store.refuseLoads(false);
    pass(3);
    assertThat(on(member, "x").snapshot().outputs()).isEqualTo(Map.of("b", 42));
  }

  private ExecutionRecord headOf(String id) {
    return world.store.find(id).toCompletableFuture().join().orElseThrow();
  }

  @Test
  void an_end_that_the_store_knows_before_the_run_here_is_told_once_the_run_knows_it() {
    World.Member other = world.member();
    other.forge.start(WAITS, Map.of(), id("x"));
    other.kill();
    World.Member member = world.member();
    Execution execution = on(member, "x");
    member.store.holdFinds();
    CompletableFuture<ExecutionResult> result = execution.result().toCompletableFuture();
    pass(45);
    // The page with the message, then the one with the end.
    member.store.failCommit(member.store.commits() + 2, FlakyStore.Fault.ANSWER_LOST);
    world.store.send("x", new Message("m", Message.Kind.SIGNAL, "paid", "42"));
    assertThat(world.isOver("x")).isTrue();
    assertThat(result).isNotDone();
    member.store.letFindsGo();
    assertThat(result).isNotDone();
    pass(10);
    assertThat(result).isCompleted();
    assertThat(result.join().status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(result.join().outputs()).isEqualTo(Map.of("b", 42));
  }

  @Test
  void an_event_from_another_engine_wakes_a_wait() {
    World.Member first = world.member();
    first.forge.start(WAITS, Map.of(), id("x"));
    World.Member second = world.member();
    assertThat(second.forge.publish("paid", "other", 1)).isZero();
    assertThat(second.forge.publish("paid", "o7", 42)).isEqualTo(1);
    pass(6);
    assertThat(on(second, "x").snapshot().outputs()).isEqualTo(Map.of("b", 42));
    assertThat(world.effects.lines()).hasSize(2);
  }

  @Test
  void an_event_that_came_first_is_taken_by_a_later_wait() {
    World.Member first = world.member();
    assertThat(first.forge.publish("paid", "o7", "early")).isZero();
    first.kill();
    World.Member second = world.member();
    second.forge.start(WAITS, Map.of(), id("x"));
    pass(6);
    assertThat(on(second, "x").snapshot().outputs()).isEqualTo(Map.of("b", "early"));
  }

  @Test
  void a_signal_reaches_an_execution_whose_engine_is_dead() {
    World.Member first = world.member();
    first.forge.start(WAITS, Map.of(), id("x"));
    first.kill();
    World.Member second = world.member();
    on(second, "x").signal("paid", "late");
    pass(60);
    assertThat(on(second, "x").snapshot().outputs()).isEqualTo(Map.of("b", "late"));
    assertThatThrownBy(() -> on(second, "x").signal("paid", "again"))
        .extracting("code")
        .isEqualTo("FF-SIGNAL-FINAL");
  }

  @Test
  void an_answer_from_another_engine_is_checked_and_taken() {
    World.Member first = world.member();
    first.forge.start(ASKS, Map.of(), id("x"));
    World.Member second = world.member();
    assertThatThrownBy(() -> on(second, "x").answer("q", Map.of("ok", "maybe")))
        .isInstanceOf(InvalidFlowException.class);
    assertThatThrownBy(() -> on(second, "x").answer("b", Map.of("ok", true)))
        .extracting("code")
        .isEqualTo("FF-ANSWER-UNEXPECTED");
    on(second, "x").answer("q", Map.of("ok", true));
    pass(6);
    assertThat(on(second, "x").status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(on(second, "x").snapshot().outputs()).isEqualTo(Map.of("b", true));
  }

  @Test
  void a_cancellation_counts_also_when_the_owner_is_dead() {
    World.Member first = world.member();
    first.forge.start(WAITS, Map.of(), id("x"));
    first.kill();
    World.Member second = world.member();
    assertThat(on(second, "x").cancel("no longer wanted")).isTrue();
    pass(60);
    assertThat(on(second, "x").status()).isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(on(second, "x").cancel("again")).isFalse();
  }

  @Test
  void a_paused_execution_stays_so_over_a_takeover_until_it_is_resumed() {
    World.Member first = world.member();
    Execution execution = first.forge.start(WAITS, Map.of(), id("x"));
    assertThat(execution.pause()).isTrue();
    pass(6);
    assertThat(execution.status()).isEqualTo(ExecutionStatus.PAUSED);
    first.kill();
    World.Member second = world.member();
    second.forge.publish("paid", "o7", 1);
    pass(60);
    assertThat(world.effects.lines()).hasSize(1);
    assertThat(on(second, "x").status()).isEqualTo(ExecutionStatus.PAUSED);
    on(second, "x").resume();
    pass(6);
    assertThat(on(second, "x").status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  @Test
  void what_a_closed_engine_leaves_goes_on_at_once_and_counts_as_no_recovery() {
    World.Member first = world.member();
    first.forge.start(WAITS, Map.of(), id("x"));
    first.forge.close(Duration.ofSeconds(1));
    World.Member second = world.member();
    second.forge.publish("paid", "o7", 5);
    pass(6);
    assertThat(on(second, "x").status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(second.forge.health().facts()).containsEntry("takeovers", 0L);
  }

  @Test
  void a_long_wait_leaves_memory_and_comes_back() {
    World.Member first = world.member();
    first.forge.start(WAITS, Map.of(), id("x"));
    pass(2);
    assertThat(first.forge.health().facts()).containsEntry("underWay", 0);
    assertThat(on(first, "x").status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(on(first, "x").snapshot().node("e").orElseThrow().status())
        .isEqualTo(NodeStatus.WAITING);
    first.forge.publish("paid", "o7", 5);
    pass(6);
    assertThat(on(first, "x").status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  @Test
  void a_retry_keeps_what_completed_and_its_keys() {
    World.Member member = world.member();
    member.forge.start(FAILS, Map.of(), id("x"));
    pass(2);
    assertThat(on(member, "x").status()).isEqualTo(ExecutionStatus.FAILED);
    Execution again = member.forge.operations().retry("x");
    pass(6);
    assertThat(again.id()).isEqualTo("x~2");
    assertThat(again.snapshot().node("a").orElseThrow().status()).isEqualTo(NodeStatus.COMPLETED);
    List<EffectLog.Line> ofB =
        world.effects.lines().stream().filter(line -> line.path().equals("b")).toList();
    assertThat(ofB).hasSize(2).extracting(EffectLog.Line::key).containsOnly(ofB.get(0).key());
    assertThat(world.effects.lines()).filteredOn(line -> line.path().equals("a")).hasSize(1);
  }

  @Test
  void a_fork_runs_a_node_and_what_follows_with_other_variables_and_other_keys() {
    World.Member member = world.member();
    member.forge.start(FAILS, Map.of(), id("x"));
    pass(2);
    Execution fork = member.forge.operations().fork("x", "b", Map.of("limit", 0));
    pass(6);
    assertThat(fork.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(fork.snapshot().outputs()).isEqualTo(Map.of("c", 3));
    List<EffectLog.Line> ofB =
        world.effects.lines().stream().filter(line -> line.path().equals("b")).toList();
    assertThat(ofB).extracting(EffectLog.Line::key).doesNotHaveDuplicates();
    assertThat(ofB).extracting(EffectLog.Line::input).containsExactly("1", "0");
    assertThatThrownBy(() -> member.forge.operations().fork("x", "nope", Map.of()))
        .extracting("code")
        .isEqualTo("FF-NODE-UNKNOWN");
  }

  @Test
  void an_engine_that_does_not_claim_leaves_alone_what_is_not_its_own() {
    World.Member first = world.member();
    first.forge.start(WAITS, Map.of(), id("x"));
    first.kill();
    World.Member second = world.bystander();
    on(second, "x").signal("paid", 1);
    assertThatThrownBy(() -> second.forge.start(WAITS, Map.of("n", 1), id("x")))
        .extracting("code")
        .isEqualTo("FF-START-CONFLICT");
    pass(90);
    assertThat(world.effects.lines()).hasSize(1);
    assertThat(on(second, "x").snapshot().wakeAt()).isNotNull();
    second.forge.start(WAITS, Map.of(), id("x"));
    pass(6);
    assertThat(on(second, "x").snapshot().outputs()).isEqualTo(Map.of("b", 1));
  }

  @Test
  void an_engine_that_does_not_claim_goes_on_with_what_it_is_told_to_and_its_children() {
    World.Member first = world.member();
    first.forge.start(PARENT, Map.of(), id("x"));
    first.kill();
    World.Member second = world.bystander();
    assertThat(on(second, "x").resume()).isTrue();
    pass(60);
    assertThat(on(second, "x.s").status()).isEqualTo(ExecutionStatus.WAITING);
    second.forge.publish("go", null, 7);
    pass(12);
    assertThat(on(second, "x").snapshot().outputs()).isEqualTo(Map.of("v", 7));
  }

  @Test
  void an_engine_that_does_not_claim_runs_its_own_copies() {
    World.Member first = world.member();
    first.forge.start(FAILS, Map.of(), id("x"));
    first.kill();
    World.Member second = world.bystander();
    Execution fork = second.forge.operations().fork("x", "b", Map.of("limit", 0));
    pass(6);
    assertThat(fork.status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  @Test
  void executions_are_listed_page_by_page_and_purged() {
    World.Member member = world.member();
    for (int i = 0; i < 5; i++) {
      member.forge.start(FAILS, Map.of(), id("x" + i));
      pass(1);
    }
    member.forge.start(WAITS, Map.of(), id("w"));
    ExecutionQuery failed =
        ExecutionQuery.NEWEST.withStatuses(Set.of(ExecutionStatus.FAILED)).withLimit(3);
    List<ExecutionRecord> page = member.forge.operations().list(failed);
    assertThat(page).extracting(ExecutionRecord::id).containsExactly("x4", "x3", "x2");
    assertThat(member.forge.operations().list(failed.after(page.get(2))))
        .extracting(ExecutionRecord::id)
        .containsExactly("x1", "x0");
    pass(3600);
    assertThat(
            member.forge.operations().purge(Set.of(ExecutionStatus.FAILED), Duration.ofMinutes(30)))
        .isEqualTo(5);
    assertThat(member.forge.operations().list(ExecutionQuery.NEWEST))
        .extracting(ExecutionRecord::id)
        .containsExactly("w");
  }

  @Test
  void an_execution_that_kills_every_process_is_parked_and_the_others_go_on() {
    World.Member starter = world.member();
    starter.store.failCommit(2, FlakyStore.Fault.DIES_BEFORE);
    starter.forge.start(
        Flow.parse("{\"id\": \"killer\", \"nodes\": [{\"id\": \"k\", \"type\": \"effect\"}]}"),
        Map.of(),
        id("killer"));
    for (int life = 0; life < 12; life++) {
      World.Member next = world.doomed();
      pass(45);
      if (!next.isDead()) {
        break;
      }
    }
    World.Member last = world.member();
    pass(45);
    assertThat(on(last, "killer").status()).isEqualTo(ExecutionStatus.PARKED);
    assertThat(last.forge.operations().list(ExecutionQuery.NEWEST).get(0).reason())
        .isEqualTo("CRASH_LOOP");
    assertThat(world.effects.lines()).hasSizeBetween(10, 12);
    last.forge.start(FAILS, Map.of(), id("other"));
    pass(2);
    assertThat(on(last, "other").status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(on(last, "killer").resume()).isTrue();
    pass(2);
    assertThat(on(last, "killer").status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  @Test
  void a_store_that_keeps_less_than_asked_for_is_refused_and_leaves_no_thread() {
    assertThatThrownBy(() -> io.flowforge.FlowForge.builder().store(world.store.handle()).build())
        .extracting("code")
        .isEqualTo("FF-STORE-DURABILITY");
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("flowforge-timers"));
  }

  @Test
  void a_node_type_that_an_engine_does_not_know_parks_the_execution() {
    World.Member first = world.member();
    first.forge.start(WAITS, Map.of(), id("x"));
    first.kill();
    World.Member stranger = world.stranger();
    stranger.forge.publish("paid", "o7", 5);
    pass(60);
    assertThat(stranger.forge.operations().list(ExecutionQuery.NEWEST).get(0).reason())
        .isEqualTo("UNKNOWN_NODE_TYPE");
    // One that knows the type takes it up without being told.
    World.Member knows = world.member();
    pass(70);
    assertThat(on(knows, "x").status()).isEqualTo(ExecutionStatus.COMPLETED);
  }
}
