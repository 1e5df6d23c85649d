package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.flowforge.BulkResult;
import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.Operations;
import io.flowforge.StartOptions;
import io.flowforge.execution.DeadLetter;
import io.flowforge.execution.EventType;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.FlowEvent;
import io.flowforge.flow.Flow;
import io.flowforge.spi.store.ExecutionQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators do with executions beyond looking at them. */
class OperationsTest {
  private static final Flow FAILS =
      Flow.parse(
          """
          {"id": "fails", "variables": {"limit": 1}, "nodes": [
            {"id": "a", "type": "effect", "config": {"value": 1}},
            {"id": "b", "type": "effect", "config": {"value": "${vars.limit}", "fails": "${vars.limit}"}},
            {"id": "c", "type": "effect", "config": {"value": 3}}],
           "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}], "outputs": {"c": "${c.output.did}"}}
          """);
  private static final Flow HOLDS =
      Flow.parse(
          """
          {"id": "holds", "variables": {"limit": 1, "other": null}, "nodes": [
            {"id": "e", "type": "wait-for-event", "config": {"event": "go"}},
            {"id": "b", "type": "effect", "config": {"value": "${vars.limit}"}}],
           "edges": [{"from": "e", "to": "b"}], "outputs": {"b": "${b.output.did}"}}
          """);
  private static final Flow KILLER =
      Flow.parse(
          """
          {"id": "killer", "variables": {"v": 1}, "nodes": [
            {"id": "k", "type": "effect", "config": {"value": 0}},
            {"id": "l", "type": "effect", "config": {"value": "${vars.v}"}}],
           "edges": [{"from": "k", "to": "l"}], "outputs": {"l": "${l.output.did}"}}
          """);

  private final World world = new World(FAILS, HOLDS, KILLER);

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

  /** An execution that no process survived, parked. */
  private World.Member parked(String id) {
    World.Member starter = world.member();
    starter.store.failCommit(2, FlakyStore.Fault.DIES_BEFORE);
    starter.forge.start(KILLER, Map.of(), id(id));
    World.Member next = world.doomed();
    for (int life = 0; life < 14 && statusOf(id) != ExecutionStatus.PARKED; life++) {
      next = world.doomed();
      pass(45);
    }
    next.kill();
    return world.member();
  }

  private ExecutionStatus statusOf(String id) {
    return world.store.find(id).toCompletableFuture().join().orElseThrow().status();
  }

  @Test
  void an_engine_without_a_store_has_no_operations() {
    try (FlowForge forge = FlowForge.create()) {
      assertThatThrownBy(forge::operations).extracting("code").isEqualTo("FF-STORE-NONE");
    }
  }

  @Test
  void many_are_retried_page_by_page_and_only_once_for_a_bulk_id() {
    World.Member member = world.member();
    for (int i = 0; i < 5; i++) {
      member.forge.start(FAILS, Map.of(), id("x" + i));
      pass(1);
    }
    Operations operations = member.forge.operations();
    ExecutionQuery failed =
        ExecutionQuery.NEWEST.withStatuses(Set.of(ExecutionStatus.FAILED)).withLimit(3);
    BulkResult first = operations.retryAll("july", failed);
    assertThat(first.items()).extracting(BulkResult.Item::copy).contains("x4~july").hasSize(3);
    BulkResult second = operations.retryAll("july", first.next());
    assertThat(second.items())
        .extracting(BulkResult.Item::source, BulkResult.Item::created)
        .containsExactly(tuple("x1", true), tuple("x0", true));
    assertThat(second.next()).isNull();
    pass(5);
    assertThat(operations.retryAll("july", first.next()).items())
        .extracting(BulkResult.Item::copy, BulkResult.Item::created)
        .containsExactly(tuple("x1~july", false), tuple("x0~july", false));
    assertThat(operations.list(ExecutionQuery.NEWEST)).hasSize(10);
    assertThatThrownBy(() -> operations.retryAll("2", failed))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void many_are_forked_with_other_variables_and_the_refused_are_told() {
    World.Member member = world.member();
    member.forge.start(HOLDS, Map.of(), id("h"));
    member.forge.start(FAILS, Map.of(), id("x"));
    pass(2);
    BulkResult forks =
        member.forge.operations().forkAll("mend", ExecutionQuery.NEWEST, "b", Map.of("limit", 0));
    pass(6);
    assertThat(forks.items()).hasSize(2);
    assertThat(forks.items()).filteredOn(item -> item.error() != null).hasSize(1);
    assertThat(on(member, "x~mend").snapshot().outputs()).isEqualTo(Map.of("c", 3));
    assertThat(forks.items())
        .filteredOn(item -> item.source().equals("h"))
        .singleElement()
        .extracting(item -> item.error().code())
        .isEqualTo("FF-EXECUTION-ACTIVE");
  }

  @Test
  void a_paused_execution_goes_on_with_variables_that_another_engine_set() {
    World.Member first = world.member();
    List<FlowEvent> events = new ArrayList<>();
    first.forge.events().subscribe(events::add);
    Execution execution = first.forge.start(HOLDS, Map.of(), id("x"));
    World.Member second = world.member();
    assertThatThrownBy(() -> second.forge.operations().setVariables("x", Map.of("limit", 7)))
        .extracting("code")
        .isEqualTo("FF-EXECUTION-ACTIVE");
    execution.pause();
    pass(2);
    second.forge.operations().setVariables("x", Map.of("limit", 7));
    assertThatThrownBy(() -> second.forge.operations().setVariables("x", Map.of("limt", 7)))
        .hasMessageContaining("limit")
        .extracting("code")
        .isEqualTo("FF-VARIABLE-UNKNOWN");
    second.forge.publish("go", null, 1);
    pass(6);
    assertThat(on(second, "x").snapshot().variables()).containsEntry("limit", 7);
    on(second, "x").resume();
    pass(6);
    assertThat(on(second, "x").snapshot().outputs()).isEqualTo(Map.of("b", 7));
    assertThat(on(second, "x").explain("b").story())
        .anyMatch(line -> line.startsWith("variable limit was set by an operator at"));
    assertThat(events)
        .filteredOn(event -> event.type() == EventType.EXECUTION_PROGRESS)
        .anyMatch(event -> Map.of("limit", 7).equals(event.data().get("variables")));
  }

  @Test
  void variables_of_a_paused_execution_outlive_the_process() {
    World.Member first = world.member();
    Execution execution = first.forge.start(HOLDS, Map.of(), id("x"));
    execution.pause();
    pass(2);
    first.forge.operations().setVariables("x", Map.of("limit", 7));
    pass(2);
    first.kill();
    World.Member second = world.member();
    second.forge.publish("go", null, 1);
    pass(60);
    assertThat(on(second, "x").status()).isEqualTo(ExecutionStatus.PAUSED);
    on(second, "x").resume();
    pass(6);
    assertThat(on(second, "x").snapshot().outputs()).isEqualTo(Map.of("b", 7));
  }

  @Test
  void what_became_ready_while_it_was_paused_does_not_start_in_the_next_process() {
    World.Member first = world.member();
    Execution execution = first.forge.start(HOLDS, Map.of(), id("x"));
    execution.pause();
    pass(2);
    execution.signal("go", 1);
    pass(6);
    first.kill();
    World.Member second = world.member();
    pass(60);
    assertThat(world.effects.lines()).isEmpty();
    assertThat(on(second, "x").status()).isEqualTo(ExecutionStatus.PAUSED);
    on(second, "x").cancel("enough");
    pass(6);
    assertThat(on(second, "x").status()).isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(world.effects.lines()).isEmpty();
  }

  @Test
  void a_parked_execution_goes_on_with_new_variables() {
    World.Member last = parked("x");
    Operations operations = last.forge.operations();
    operations.setVariables("x", Map.of("v", 5));
    assertThat(statusOf("x")).isEqualTo(ExecutionStatus.PARKED);
    operations.unpark("x");
    pass(6);
    assertThat(on(last, "x").snapshot().outputs()).isEqualTo(Map.of("l", 5));
    assertThatThrownBy(() -> operations.unpark("x"))
        .extracting("code")
        .isEqualTo("FF-EXECUTION-ACTIVE");
  }

  @Test
  void dead_letters_tell_what_is_to_blame_until_they_are_dealt_with() {
    World.Member member = parked("p");
    member.forge.start(FAILS, Map.of(), id("f"));
    member.forge.start(FAILS, Map.of(), id("g"));
    pass(2);
    Operations operations = member.forge.operations();
    List<DeadLetter> letters = operations.deadLetters(ExecutionQuery.NEWEST);
    assertThat(letters).extracting(DeadLetter::id).containsExactlyInAnyOrder("p", "f", "g");
    DeadLetter failed = letters.stream().filter(one -> one.id().equals("f")).findFirst().get();
    assertThat(failed.node()).isEqualTo("b");
    assertThat(failed.error().code()).isEqualTo("DOWN");
    assertThat(failed.attempts()).isEqualTo(1);
    DeadLetter parked = letters.stream().filter(one -> one.id().equals("p")).findFirst().get();
    assertThat(parked.reason()).isEqualTo("CRASH_LOOP");
    assertThat(parked.recoveries()).isGreaterThan(10);
    operations.retry("f");
    operations.discard("g", "known");
    operations.discard("p", "hopeless");
    pass(2);
    assertThat(operations.deadLetters(ExecutionQuery.NEWEST))
        .extracting(DeadLetter::id)
        .containsExactly("f~2");
    assertThat(on(member, "p").status()).isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(on(member, "p").snapshot().error().message()).contains("hopeless");
    assertThatThrownBy(() -> operations.discard("p", "again"))
        .extracting("code")
        .isEqualTo("FF-EXECUTION-ACTIVE");
  }
}
