package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.Execution;
import io.flowforge.InvalidFlowException;
import io.flowforge.MigrationPlan;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Problem;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.StoredExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executions that move to another version of their flow. */
class MigrationTest {
  private static final Flow FIRST =
      Flow.parse(
          """
          {"id": "order", "nodes": [
            {"id": "a", "type": "effect", "config": {"value": 1}},
            {"id": "e", "type": "wait-for-event", "config": {"event": "go"}},
            {"id": "b", "type": "effect", "config": {"value": "old"}}],
           "edges": [{"from": "a", "to": "e"}, {"from": "e", "to": "b"}], "outputs": {"b": "${b.output.did}"}}
          """);
  private static final Flow SECOND =
      Flow.parse(
          """
          {"id": "order", "variables": {"word": "new"}, "nodes": [
            {"id": "a", "type": "effect", "config": {"value": 1}},
            {"id": "e", "type": "wait-for-event", "config": {"event": "go"}},
            {"id": "b", "type": "effect", "config": {"value": "${vars.word}"}},
            {"id": "c", "type": "effect", "config": {"value": "more"}}],
           "edges": [{"from": "a", "to": "e"}, {"from": "e", "to": "b"}, {"from": "b", "to": "c"}],
           "outputs": {"b": "${b.output.did}", "c": "${c.output.did}"}}
          """);
  private static final Map<String, Object> MOVED = Map.of("b", "new", "c", "more");

  private final World world = new World(FIRST);

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

  private ExecutionRecord head(String id) {
    return world.store.find(id).toCompletableFuture().join().orElseThrow();
  }

  private StoredExecution stored(String id) {
    return world.store.load(List.of(id)).toCompletableFuture().join().get(0);
  }

  private void finish(World.Member member) {
    pass(6);
    member.forge.publish("go", null, 1);
    pass(12);
  }

  @Test
  void a_waiting_execution_goes_on_with_the_new_flow() {
    World.Member member = world.member();
    member.forge.start(FIRST, Map.of(), id("x"));
    pass(2);
    Execution moved = member.forge.operations().migrate("x", SECOND);
    assertThat(moved.flow()).isEqualTo(SECOND);
    assertThat(head("x").flowHash()).isEqualTo(SECOND.contentHash());
    finish(member);
    assertThat(on(member, "x").snapshot().outputs()).isEqualTo(MOVED);
    assertThat(world.effects.lines()).hasSize(3);
  }

  @Test
  void a_paused_execution_is_given_back_by_its_engine_and_stays_paused() {
    World.Member owner = world.member();
    Execution execution = owner.forge.start(FIRST, Map.of(), id("x"));
    execution.pause();
    execution.signal("go", 1);
    pass(6);
    assertThat(head("x").worker()).isNotNull();
    World.Member other = world.bystander();
    other.forge.operations().migrate("x", SECOND);
    pass(6);
    assertThat(head("x").status()).isEqualTo(ExecutionStatus.PAUSED);
    assertThat(world.effects.lines()).hasSize(1);
    on(owner, "x").resume();
    pass(12);
    assertThat(on(owner, "x").snapshot().outputs()).isEqualTo(MOVED);
  }

  @Test
  void a_pause_that_nobody_has_heard_yet_is_enough() {
    World.Member owner = world.member();
    Execution execution = owner.forge.start(FIRST, Map.of(), id("x"));
    execution.pause();
    owner.forge.operations().migrate("x", SECOND);
    execution.resume();
    finish(owner);
    assertThat(on(owner, "x").snapshot().outputs()).isEqualTo(MOVED);
  }

  @Test
  void a_parked_execution_moves_to_a_flow_that_can_be_run() {
    World.Member first = world.member();
    first.forge.start(FIRST, Map.of(), id("x"));
    first.kill();
    World.Member stranger = world.stranger();
    stranger.forge.publish("go", null, 5);
    pass(60);
    assertThat(head("x").reason()).isEqualTo("UNKNOWN_NODE_TYPE");
    stranger.kill();
    World.Member member = world.bystander();
    member.forge.operations().migrate("x", SECOND);
    assertThat(head("x").status()).isEqualTo(ExecutionStatus.PARKED);
    member.forge.operations().unpark("x");
    pass(12);
    assertThat(on(member, "x").snapshot().outputs()).isEqualTo(MOVED);
  }

  @Test
  void everything_that_stands_in_the_way_is_told_at_once_and_nothing_is_changed() {
    World.Member member = world.member();
    member.forge.start(FIRST, Map.of(), id("x"));
    pass(2);
    Flow unfit =
        Flow.parse(
            """
            {"id": "order", "inputs": {"n": {"type": "integer"}}, "nodes": [
              {"id": "a", "type": "log", "config": {"message": "m"}},
              {"id": "z", "type": "effect", "config": {"value": 0}},
              {"id": "b", "type": "effect", "config": {"value": "old"}}],
             "edges": [{"from": "z", "to": "a"}, {"from": "a", "to": "b", "condition": "1 == 2"}]}
            """);
    InvalidFlowException refused =
        catchThrowableOfType(
            InvalidFlowException.class, () -> member.forge.operations().migrate("x", unfit));
    assertThat(refused.problems())
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            "FF-MIGRATE-INPUT",
            "FF-MIGRATE-TYPE",
            "FF-MIGRATE-EDGES",
            "FF-MIGRATE-CONDITION",
            "FF-MIGRATE-NODE");
    assertThat(head("x").flowHash()).isEqualTo(FIRST.contentHash());
    finish(member);
    assertThat(on(member, "x").snapshot().outputs()).isEqualTo(Map.of("b", "old"));
    assertThatThrownBy(() -> member.forge.operations().migrate("x", SECOND))
        .extracting("code")
        .isEqualTo("FF-EXECUTION-ACTIVE");
  }

  @Test
  void a_plan_tells_what_becomes_of_it_and_changes_nothing() {
    World.Member member = world.member();
    member.forge.start(FIRST, Map.of(), id("x"));
    pass(2);
    StoredExecution before = stored("x");
    MigrationPlan plan = member.forge.operations().planMigration("x", SECOND);
    assertThat(plan.isAllowed()).isTrue();
    assertThat(plan.isNeeded()).isTrue();
    assertThat(plan.status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(List.of(plan.from(), plan.to()))
        .containsExactly(FIRST.contentHash(), SECOND.contentHash());
    assertThat(plan.nodes())
        .isEqualTo(
            new MigrationPlan.Nodes(
                List.of("a"), List.of("e"), List.of("b"), List.of("c"), List.of()));
    assertThat(plan.variables())
        .isEqualTo(new MigrationPlan.Variables(List.of(), Map.of("word", "new"), List.of()));
    pass(6);
    assertThat(stored("x").pages()).isEqualTo(before.pages());
    assertThatThrownBy(() -> member.forge.operations().planMigration("x", SECOND.contentHash()))
        .extracting("code")
        .isEqualTo("FF-FLOW-UNKNOWN");
    finish(member);
    assertThat(on(member, "x").snapshot().outputs()).isEqualTo(Map.of("b", "old"));
  }

  @Test
  void a_plan_has_the_problems_that_a_migration_is_refused_with() {
    World.Member member = world.member();
    Flow first =
        FIRST.toBuilder().variable("kept", 1).variable("gone", 2).node("late", "effect").build();
    member.forge.start(first, Map.of(), id("x"));
    pass(2);
    Flow unfit =
        Flow.parse(
            """
            {"id": "order", "variables": {"kept": 3, "sum": "${1 + 1}"}, "nodes": [
              {"id": "a", "type": "log", "config": {"message": "m"}},
              {"id": "b", "type": "effect", "config": {"value": "new"}}],
             "edges": [{"from": "a", "to": "b"}]}
            """);
    MigrationPlan plan = member.forge.operations().planMigration("x", unfit);
    InvalidFlowException refused =
        catchThrowableOfType(
            InvalidFlowException.class, () -> member.forge.operations().migrate("x", unfit));
    assertThat(plan.isAllowed()).isFalse();
    assertThat(plan.problems()).isEqualTo(refused.problems()).hasSizeGreaterThan(2);
    assertThat(plan.nodes().dropped()).containsExactly("e", "late");
    assertThat(plan.variables().kept()).containsExactly("kept");
    assertThat(plan.variables().dropped()).containsExactly("gone");
  }

  @Test
  void a_plan_may_be_asked_of_any_execution() {
    World.Member member = world.member();
    member.forge.start(FIRST, Map.of(), id("x"));
    pass(2);
    Flow other = SECOND.toBuilder().id("other").build();
    assertThat(member.forge.operations().planMigration("x", other).problems())
        .extracting(Problem::code)
        .containsExactly("FF-MIGRATE-FLOW");
    MigrationPlan same = member.forge.operations().planMigration("x", FIRST.contentHash());
    assertThat(same.isNeeded()).isFalse();
    assertThat(same.isAllowed()).isTrue();
    finish(member);
    MigrationPlan late = member.forge.operations().planMigration("x", SECOND);
    assertThat(late.problems()).extracting(Problem::code).containsExactly("FF-EXECUTION-ACTIVE");
    assertThat(late.problems().get(0).message()).contains("x is COMPLETED", "pause it");
    assertThat(late.nodes().kept()).containsExactly("a", "b", "e");
  }

  @Test
  void nodes_of_a_body_may_begin_with_what_is_new_as_long_as_the_loop_goes_on() {
    String text =
        """
        {"id": "loops", "nodes": [
          {"id": "each", "type": "loop", "config": {"items": [1, 2], "body": {
            "nodes": [{"id": "p", "type": "effect", "config": {"value": "VALUE"}},
                      {"id": "w", "type": "wait-for-event", "config": {"event": "go"}}],
            "edges": [{"from": "p", "to": "w"}]}}},
          {"id": "s", "type": "effect", "config": {"value": "VALUE"}},
          {"id": "t", "type": "effect", "config": {"value": "VALUE"}}],
         "edges": [{"from": "s", "to": "t", "condition": "1 == 2"}]}
        """;
    World.Member member = world.member();
    member.forge.start(Flow.parse(text), Map.of(), id("x"));
    pass(2);
    MigrationPlan plan =
        member.forge.operations().planMigration("x", Flow.parse(text.replace("VALUE", "new")));
    assertThat(plan.isAllowed()).isTrue();
    assertThat(plan.nodes().kept()).containsExactly("each/p", "s");
    assertThat(plan.nodes().underWay()).containsExactly("each", "each/w");
    assertThat(plan.nodes().changed()).containsExactly("each/p");
  }

  @Test
  void an_iteration_under_way_goes_on_with_the_rest_of_the_new_body() {
    String text =
        """
        {"id": "loops", "nodes": [
          {"id": "each", "type": "loop", "config": {"items": [1, 2], "body": {
            "nodes": [{"id": "p", "type": "effect", "config": {"value": "${item}"}},
                      {"id": "w", "type": "wait-for-event", "config": {"event": "go"}},
                      {"id": "q", "type": "effect", "config": {"value": "old"}}],
            "edges": [{"from": "p", "to": "w"}, {"from": "w", "to": "q"}], "outputs": {"q": "${q.output.did}"}}}}],
         "outputs": {"r": "${each.output.results}"}}
        """;
    World.Member member = world.member();
    member.forge.start(Flow.parse(text), Map.of(), id("x"));
    pass(2);
    member.forge.operations().migrate("x", Flow.parse(text.replace("old", "new")));
    finish(member);
    finish(member);
    assertThat(on(member, "x").snapshot().outputs())
        .isEqualTo(Map.of("r", List.of(Map.of("q", "new"), Map.of("q", "new"))));
    assertThat(world.effects.lines()).hasSize(4);
  }

  @Test
  void conditions_that_were_decided_stay_so_and_edges_behind_them_may_be_added() {
    String text =
        """
        {"id": "chooses", "nodes": [
          {"id": "a", "type": "effect", "config": {"value": 5}},
          {"id": "no", "type": "effect", "config": {"value": "no"}},
          {"id": "e", "type": "wait-for-event", "config": {"event": "go"}},
          {"id": "b", "type": "effect", "config": {"value": "b"}}MORE],
         "edges": [{"from": "a", "to": "no", "condition": "a.output.did > 9"}, {"from": "a", "to": "e"},
           {"from": "e", "to": "b"}EDGE]}
        """;
    Flow first = Flow.parse(text.replace("MORE", "").replace("EDGE", ""));
    Flow second =
        Flow.parse(
            text.replace("MORE", ", {\"id\": \"c\", \"type\": \"effect\"}")
                .replace("EDGE", ", {\"from\": \"a\", \"to\": \"c\"}"));
    World.Member member = world.member();
    member.forge.start(first, Map.of(), id("x"));
    pass(2);
    member.forge.operations().migrate("x", second);
    finish(member);
    assertThat(on(member, "x").status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(world.effects.lines())
        .extracting(EffectLog.Line::path)
        .containsExactlyInAnyOrder("a", "c", "b");
  }

  @Test
  void another_flow_is_refused() {
    World.Member member = world.member();
    member.forge.start(FIRST, Map.of(), id("x"));
    pass(2);
    Flow other = SECOND.toBuilder().id("other").build();
    assertThatThrownBy(() -> member.forge.operations().migrate("x", other))
        .extracting("code")
        .isEqualTo("FF-MIGRATE-FLOW");
    assertThatThrownBy(() -> member.forge.operations().migrate("x", "no hash"))
        .extracting("code")
        .isEqualTo("FF-FLOW-UNKNOWN");
  }

  @Test
  void a_death_at_any_step_leaves_one_flow_or_the_other() {
    for (FlakyStore.Fault fault :
        List.of(FlakyStore.Fault.DIES_BEFORE, FlakyStore.Fault.DIES_AFTER)) {
      String name = "x" + fault;
      World.Member owner = world.member();
      owner.forge.start(FIRST, Map.of(), id(name));
      pass(2);
      World.Member operator = world.bystander();
      operator.store.failCommit(1, fault);
      assertThatThrownBy(() -> operator.forge.operations().migrate(name, SECOND))
          .isInstanceOf(RuntimeException.class);
      boolean moved = fault == FlakyStore.Fault.DIES_AFTER;
      assertThat(head(name).flowHash().equals(SECOND.contentHash())).isEqualTo(moved);
      pass(60);
      owner.forge.publish("go", null, 1);
      pass(12);
      assertThat(on(owner, name).snapshot().outputs())
          .isEqualTo(moved ? MOVED : Map.of("b", "old"));
      owner.kill();
    }
  }

  @Test
  void executions_under_way_finish_with_the_version_they_began_with() {
    World.Member member = world.member();
    for (int i = 0; i < 100; i++) {
      member.forge.start(FIRST, Map.of(), id("x" + i));
    }
    member.forge.register(SECOND);
    member.forge.start("order", Map.of());
    finish(member);
    pass(10);
    for (int i = 0; i < 100; i++) {
      assertThat(on(member, "x" + i).snapshot().outputs()).isEqualTo(Map.of("b", "old"));
    }
  }
}
