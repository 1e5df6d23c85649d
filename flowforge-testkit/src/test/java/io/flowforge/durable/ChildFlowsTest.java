package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Flow;
import io.flowforge.spi.store.ExecutionQuery;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Flows that executions start, in a process that does not know them yet. */
class ChildFlowsTest {
  private static final Flow CHILD =
      Flow.parse(
          """
          {"id": "child", "nodes": [{"id": "c", "type": "effect", "config": {"value": "c"}}],
           "outputs": {"y": "${c.output.did}"}}
          """);
  private static final Flow PARENT =
      Flow.parse(
          """
          {"id": "parent", "nodes": [
            {"id": "e", "type": "wait-for-event", "config": {"event": "go"}},
            {"id": "s", "type": "subflow", "config": {"flow": "child"}},
            {"id": "beside", "type": "effect", "config": {"value": "b"}}],
           "edges": [{"from": "e", "to": "s"}, {"from": "e", "to": "beside"}],
           "outputs": {"y": "${s.output.y}"}}
          """);
  private static final Flow FAILS =
      Flow.parse(
          """
          {"id": "fails", "settings": {"errorFlow": "rescue"}, "nodes": [
            {"id": "e", "type": "wait-for-event", "config": {"event": "go"}},
            {"id": "f", "type": "fail", "config": {"message": "no"}}],
           "edges": [{"from": "e", "to": "f"}]}
          """);
  private static final Flow RESCUE =
      Flow.parse(
          """
          {"id": "rescue", "nodes": [{"id": "r", "type": "effect", "config": {"value": "r"}}]}
          """);

  private final World world = new World(CHILD, RESCUE);

  @AfterEach
  void close() {
    world.close();
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      world.time.advance(Duration.ofSeconds(1));
    }
  }

  /** Another process has taken it up, and the event has come. */
  private World.Member takenUp(Flow flow) {
    World.Member owner = world.member();
    owner.forge.start(flow, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    owner.kill();
    World.Member newcomer = world.newcomer();
    pass(40);
    newcomer.forge.publish("go", null, 1);
    pass(7);
    return newcomer;
  }

  private static ExecutionSnapshot look(World.Member member, String id) {
    return member.forge.execution(id).orElseThrow().snapshot();
  }

  @Test
  void a_sub_flow_that_is_registered_after_the_takeover_is_waited_for() {
    World.Member newcomer = takenUp(PARENT);
    ExecutionSnapshot before = look(newcomer, "x");
    assertThat(before.status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(before.node("s").orElseThrow().status()).isEqualTo(NodeStatus.WAITING);
    assertThat(before.node("s").orElseThrow().reason()).contains("waits for flow child");
    assertThat(before.node("beside").orElseThrow().status()).isEqualTo(NodeStatus.COMPLETED);
    newcomer.forge.register(CHILD);
    pass(20);
    assertThat(look(newcomer, "x").outputs()).isEqualTo(Map.of("y", "c"));
    assertThat(look(newcomer, "x").node("s").orElseThrow().attempts()).isOne();
    assertThat(world.effects.lines()).hasSize(2);
  }

  @Test
  void a_process_that_knows_the_sub_flow_gets_it_in_the_end() {
    World.Member newcomer = takenUp(PARENT);
    pass(90);
    assertThat(newcomer.forge.operations().deadLetters(ExecutionQuery.NEWEST))
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("UNKNOWN_FLOW: child"));
    World.Member member = world.member();
    pass(90);
    assertThat(look(member, "x").outputs()).isEqualTo(Map.of("y", "c"));
    assertThat(world.effects.lines()).hasSize(2);
  }

  @Test
  void a_parked_execution_goes_on_once_its_sub_flow_is_registered() {
    World.Member newcomer = takenUp(PARENT);
    pass(90);
    assertThat(look(newcomer, "x").status()).isEqualTo(ExecutionStatus.PARKED);
    newcomer.forge.register(CHILD);
    pass(1);
    assertThat(look(newcomer, "x").outputs()).isEqualTo(Map.of("y", "c"));
  }

  @Test
  void a_failed_execution_is_parked_until_its_error_flow_is_known() {
    World.Member newcomer = takenUp(FAILS);
    pass(90);
    assertThat(look(newcomer, "x").status()).isEqualTo(ExecutionStatus.PARKED);
    newcomer.forge.flows().save(RESCUE);
    pass(90);
    assertThat(look(newcomer, "x").status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(look(newcomer, "x.error").status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(world.effects.lines()).hasSize(1);
  }

  @Test
  void an_execution_that_began_here_fails_at_once() {
    World.Member newcomer = world.newcomer();
    Flow direct =
        Flow.parse(
            """
            {"id": "direct", "nodes": [
              {"id": "s", "type": "subflow", "config": {"flow": "child"}}]}
            """);
    newcomer.forge.start(direct, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    pass(1);
    assertThat(look(newcomer, "x").error().code()).isEqualTo("FF-FLOW-UNKNOWN");
  }

  @Test
  void a_stored_sub_flow_is_waited_for_while_the_store_is_away() {
    World.Member newcomer = world.newcomer();
    newcomer.forge.flows().save(CHILD);
    newcomer.forge.start(PARENT, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    pass(2);
    newcomer.store.refuseRecords(true);
    newcomer.forge.publish("go", null, 1);
    pass(5);
    assertThat(look(newcomer, "x").node("s").orElseThrow().status()).isEqualTo(NodeStatus.WAITING);
    newcomer.store.refuseRecords(false);
    pass(2);
    assertThat(look(newcomer, "x").outputs()).isEqualTo(Map.of("y", "c"));
  }

  @Test
  void the_end_of_a_failed_execution_waits_for_its_error_flow() {
    World.Member newcomer = takenUp(FAILS);
    assertThat(look(newcomer, "x").status().isFinal()).isFalse();
    assertThat(world.effects.lines()).isEmpty();
    newcomer.forge.register(RESCUE);
    pass(20);
    assertThat(look(newcomer, "x").error().message()).contains("no");
    assertThat(look(newcomer, "x.error").status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(world.effects.lines()).hasSize(1);
  }

  @Test
  void an_error_flow_is_not_lost_while_the_store_is_away() {
    World.Member member = world.newcomer();
    member.forge.flows().save(RESCUE);
    member.forge.start(FAILS, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    pass(2);
    member.store.refuseRecords(true);
    member.forge.publish("go", null, 1);
    pass(5);
    assertThat(look(member, "x").status().isFinal()).isFalse();
    member.store.refuseRecords(false);
    pass(8);
    assertThat(look(member, "x").status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(look(member, "x.error").status()).isEqualTo(ExecutionStatus.COMPLETED);
  }
}
