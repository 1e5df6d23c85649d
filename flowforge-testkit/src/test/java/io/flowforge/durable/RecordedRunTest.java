package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.testkit.RecordedRun;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exported executions that are run again with what their nodes gave. */
class RecordedRunTest {
  private static final String FLOW =
      """
      {"id": "orders", "variables": {"sum": 0}, "nodes": [
        {"id": "a", "type": "effect", "config": {"value": 5, "fails": 1},
         "retry": {"strategy": "fixed", "delay": "1s", "jitter": "none", "maxAttempts": 3}},
        {"id": "s", "type": "variable", "config": {"operation": "increment", "name": "sum", "value": "${a.output.did}"}},
        {"id": "w", "type": "wait", "config": {"duration": "2h"}},
        {"id": "e", "type": "wait-for-event", "config": {"event": "go"}},
        {"id": "q", "type": "user-input", "config": {"prompt": "ok?", "fields": {"ok": {"type": "boolean"}}}},
        {"id": "each", "type": "loop", "config": {"items": [1, 2], "body": {
          "nodes": [{"id": "p", "type": "effect", "config": {"value": "${item}"}}]}}},
        {"id": "bad", "type": "effect", "config": {"value": 0, "fails": 9}, "onError": "continue", "fallback": {"did": 7}}],
       "edges": [{"from": "a", "to": "s"}, {"from": "s", "to": "w"}, {"from": "w", "to": "e"}, {"from": "e", "to": "q"},
         {"from": "q", "to": "each"}, {"from": "each", "to": "bad"}],
       "outputs": {"sum": "${vars.sum}", "e": "${e.output}", "ok": "${q.output.ok}", "bad": "${bad.output.did}"}}
      """;

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private void pass(long minutes) {
    for (int i = 0; i < 12 * minutes; i++) {
      world.time.advance(Duration.ofSeconds(5));
    }
  }

  private String recorded() {
    World.Member member = world.member();
    member.forge.start(Flow.parse(FLOW), Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    pass(125);
    member.forge.publish("go", null, "paid");
    pass(1);
    member.forge.execution("x").orElseThrow().answer("q", Map.of("ok", true));
    pass(2);
    assertThat(member.forge.execution("x").orElseThrow().status())
        .isEqualTo(ExecutionStatus.COMPLETED);
    return member.forge.operations().export("x");
  }

  private RecordedRun run(String document) {
    return RecordedRun.of(document).with(builder -> builder.action(world.effects.action(99)));
  }

  @Test
  void the_same_flow_takes_the_same_path_without_an_effect() {
    RecordedRun recorded = run(recorded());
    int effects = world.effects.lines().size();
    recorded.verify();
    recorded.verify(Flow.parse(FLOW));
    assertThat(world.effects.lines()).hasSize(effects);
  }

  @Test
  void another_path_and_other_results_are_told() {
    RecordedRun recorded = run(recorded());
    Flow other =
        Flow.parse(
            FLOW.replace("\"increment\", \"name\": \"sum\"", "\"append\", \"name\": \"all\""));
    assertThatThrownBy(() -> recorded.verify(other))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/outputs/sum")
        .hasMessageContaining("/variables/all");
  }

  @Test
  void what_was_undone_is_not_undone_again() {
    String text =
        """
        {"id": "undoes", "nodes": [
          {"id": "a", "type": "effect", "compensate": {"type": "effect", "config": {"value": "back"}}},
          {"id": "b", "type": "effect", "compensate": {"type": "effect", "config": {"fails": 9}}},
          {"id": "bad", "type": "effect", "config": {"fails": 9}}],
         "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "bad"}]}
        """;
    World.Member member = world.member();
    member.forge.start(Flow.parse(text), Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    pass(1);
    assertThat(member.forge.execution("x").orElseThrow().snapshot().nodes())
        .extracting(node -> node.status().name())
        .containsExactly("COMPENSATED", "COMPENSATION_FAILED", "FAILED");
    RecordedRun recorded = run(member.forge.operations().export("x"));
    int effects = world.effects.lines().size();
    recorded.verify();
    assertThat(world.effects.lines()).hasSize(effects);
  }

  @Test
  void a_node_that_did_not_run_in_the_recording_is_not_called() {
    RecordedRun recorded = run(recorded());
    int effects = world.effects.lines().size();
    Flow more =
        Flow.parse(
            FLOW.replace(
                "\"nodes\": [\n  {\"id\": \"a\"",
                "\"nodes\": [\n  {\"id\": \"new\", \"type\": \"effect\"},\n  {\"id\": \"a\""));
    assertThat(more.nodes()).hasSize(8);
    assertThatThrownBy(() -> recorded.verify(more))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("node new did not run in the recording");
    assertThat(world.effects.lines()).hasSize(effects);
  }

  @Test
  void one_that_has_not_ended_is_refused() {
    World.Member member = world.member();
    member.forge.start(Flow.parse(FLOW), Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    pass(1);
    String document = member.forge.operations().export("x");
    assertThatThrownBy(() -> run(document).verify())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has not ended");
  }
}
