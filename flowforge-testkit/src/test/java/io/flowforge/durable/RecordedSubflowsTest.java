package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.testkit.RecordedRun;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recorded runs of flows that run flows. */
class RecordedSubflowsTest {
  private static final Flow LEAF =
      Flow.parse(
          """
          {"id": "leaf", "nodes": [{"id": "l", "type": "effect", "config": {"value": "${inputs.n * 10}"}}],
           "outputs": {"l": "${l.output.did}"}}
          """);
  private static final String CHILD_TEXT =
      """
      {"id": "child", "nodes": [
        {"id": "c", "type": "effect", "config": {"value": "${inputs.n + 1}", "fails": 1},
         "retry": {"strategy": "fixed", "delay": "1s", "jitter": "none", "maxAttempts": 2}},
        {"id": "w", "type": "wait", "config": {"duration": "1m"}},
        {"id": "deep", "type": "subflow", "config": {"flow": "leaf", "inputs": {"n": "${c.output.did}"}}}],
       "edges": [{"from": "c", "to": "w"}, {"from": "w", "to": "deep"}],
       "outputs": {"sum": "${deep.output.l + c.output.did}"}}
      """;
  private static final Flow CHILD = Flow.parse(CHILD_TEXT);
  private static final String PARENT =
      """
      {"id": "parent", "nodes": [
        {"id": "s", "type": "subflow", "config": {"flow": "child", "inputs": {"n": 1}}},
        {"id": "each", "type": "loop", "config": {"items": [2, 3], "body": {
          "nodes": [{"id": "i", "type": "subflow", "config": {"flow": "child", "inputs": {"n": "${item}"}}}],
          "outputs": {"sum": "${i.output.sum}"}}}},
        {"id": "here", "type": "subflow", "config": {"inputs": {"n": 7}, "flow": {
          "id": "inner", "nodes": [
            {"id": "q", "type": "wait-for-event", "config": {"event": "go"}},
            {"id": "h", "type": "effect", "config": {"value": "${q.output}"}}],
          "edges": [{"from": "q", "to": "h"}], "outputs": {"h": "${h.output.did}"}}}},
        {"id": "off", "type": "subflow", "config": {"flow": "leaf", "inputs": {"n": 5}, "wait": false}},
        {"id": "end", "type": "effect", "config": {"value": "${s.output.sum}"}}],
       "edges": [{"from": "s", "to": "each"}, {"from": "each", "to": "here"}, {"from": "here", "to": "off"}, {"from": "off", "to": "end"}],
       "outputs": {"end": "${end.output.did}", "each": "${each.output.results}", "h": "${here.output.h}"}}
      """;
  private static final String[] CHILDREN = {
    "x.s",
    "x.each[0]/i",
    "x.each[1]/i",
    "x.here",
    "x.off",
    "x.s.deep",
    "x.each[0]/i.deep",
    "x.each[1]/i.deep"
  };

  private final World world = new World(CHILD, LEAF);

  @AfterEach
  void close() {
    world.close();
  }

  private void pass(long minutes) {
    for (int i = 0; i < 12 * minutes; i++) {
      world.time.advance(Duration.ofSeconds(5));
    }
  }

  /** Exports an execution that has ended and some of those that it has started. */
  private RecordedRun recorded(Flow flow, ExecutionStatus status, String... children) {
    World.Member member = world.member();
    member.forge.start(flow, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    pass(5);
    member.forge.publish("go", null, "gone");
    pass(2);
    assertThat(member.forge.execution("x").orElseThrow().status()).isEqualTo(status);
    return RecordedRun.of(member.forge.operations().export("x"))
        .withSubflows(documents(member, children))
        .with(builder -> builder.action(world.effects.action(99)));
  }

  private static String[] documents(World.Member member, String... ids) {
    return Arrays.stream(ids).map(member.forge.operations()::export).toArray(String[]::new);
  }

  private RecordedRun recorded(String... children) {
    return recorded(Flow.parse(PARENT), ExecutionStatus.COMPLETED, children);
  }

  @Test
  void sub_flows_that_are_not_given_give_what_they_gave() {
    RecordedRun run = recorded();
    int effects = world.effects.lines().size();
    run.verify();
    run.verify(Flow.parse(PARENT), Flow.parse(CHILD_TEXT.replace("+ c.output", "- c.output")));
    Flow other = Flow.parse(PARENT.replace("${s.output.sum}", "${s.output.sum + 1}"));
    run.verify(other);
    Flow outputs = Flow.parse(PARENT.replace("${end.output.did}", "${s.output.sum + 1}"));
    assertThatThrownBy(() -> run.verify(outputs))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/outputs/end: expected 22, was 23");
    assertThat(world.effects.lines()).hasSize(effects);
  }

  @Test
  void sub_flows_that_are_given_run_from_their_own_recordings() {
    RecordedRun run = recorded(CHILDREN);
    int effects = world.effects.lines().size();
    run.verify();
    run.verify(Flow.parse(PARENT), CHILD, LEAF);
    assertThat(world.effects.lines()).hasSize(effects);
  }

  @Test
  void a_changed_sub_flow_is_told_where_it_is_given() {
    RecordedRun run = recorded("x.s", "x.each[0]/i", "x.each[1]/i");
    run.verify();
    Flow changed = Flow.parse(CHILD_TEXT.replace("+ c.output", "- c.output"));
    assertThatThrownBy(() -> run.verify(Flow.parse(PARENT), changed))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("recorded execution x of \"parent\"")
        .hasMessageContaining("and from recorded execution x.each[1]/i of \"child\"")
        .hasMessageContaining("/outputs/sum: expected 22, was 18");
  }

  @Test
  void an_inline_flow_that_changed_and_other_inputs_are_told() {
    RecordedRun run = recorded("x.here", "x.s");
    Flow inner = Flow.parse(PARENT.replace("${h.output.did}", "${h.output.did + '!'}"));
    assertThatThrownBy(() -> run.verify(inner))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("recorded execution x.here of \"inner\"")
        .hasMessageContaining("/outputs/h: expected \"gone\", was \"gone!\"");
    Flow inputs = Flow.parse(PARENT.replace("{\"n\": 1}", "{\"n\": 4}"));
    assertThatThrownBy(() -> run.verify(inputs))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("x.s of \"child\":\n  /inputs/n: expected 1, was 4");
    Flow without =
        Flow.parse(
            PARENT.replace(
                "\"subflow\", \"config\": {\"flow\": \"child\", \"inputs\": {\"n\": 1}}",
                "\"effect\""));
    assertThatThrownBy(() -> run.verify(without))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("x.s of \"child\":\n  it was not started");
  }

  @Test
  void sub_flows_that_failed_and_were_tried_again_fail_again() {
    String text =
        """
        {"id": "tries", "nodes": [
          {"id": "s", "type": "subflow", "onError": "continue", "fallback": {"b": "none"}, "config": {"flow": {
            "id": "bad", "nodes": [{"id": "b", "type": "effect", "config": {"fails": 9}}], "outputs": {"b": 1}}},
           "retry": {"strategy": "fixed", "delay": "1s", "jitter": "none", "maxAttempts": 2}},
          {"id": "t", "type": "subflow", "config": {"flow": {
            "id": "worse", "nodes": [{"id": "b", "type": "effect", "config": {"fails": 9}}]}}},
          {"id": "h", "type": "effect", "config": {"value": "${s.output.b}"}}],
         "edges": [{"from": "s", "to": "t"}, {"from": "t", "to": "h", "port": "error"}], "outputs": {"h": "${h.output.did}"}}
        """;
    recorded(Flow.parse(text), ExecutionStatus.COMPLETED).verify();
    World.Member member = world.member();
    RecordedRun.of(member.forge.operations().export("x"))
        .withSubflows(documents(member, "x.s~2", "x.t", "x.s"))
        .with(builder -> builder.action(world.effects.action(99)))
        .verify();
  }

  @Test
  void what_is_missing_or_belongs_to_none_is_refused() {
    RecordedRun some = recorded("x.each[1]/i");
    assertThatThrownBy(some::verify)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x.each[0]/i is missing");
    World.Member member = world.member();
    RecordedRun strange = some.withSubflows(documents(member, "x.each[0]/i", "x.s.deep"));
    assertThatThrownBy(strange::verify)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x.s.deep is given")
        .hasMessageContaining("none of the others has started it");
  }

  @Test
  void of_two_recorded_versions_one_is_to_be_named() {
    String text =
        """
        {"id": "twice", "nodes": [
          {"id": "s", "type": "subflow", "config": {"flow": "leaf", "inputs": {"n": 1}}},
          {"id": "e", "type": "wait-for-event", "config": {"event": "go"}},
          {"id": "t", "type": "subflow", "config": {"flow": "leaf", "inputs": {"n": 2}}}],
         "edges": [{"from": "s", "to": "e"}, {"from": "e", "to": "t"}]}
        """;
    World.Member member = world.member();
    member.forge.start(Flow.parse(text), Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    pass(1);
    Flow later = LEAF.toBuilder().name("Leaf of autumn").build();
    member.forge.register(later);
    member.forge.publish("go", null, null);
    pass(1);
    RecordedRun run =
        RecordedRun.of(member.forge.operations().export("x"))
            .withSubflows(documents(member, "x.s", "x.t"))
            .with(builder -> builder.action(world.effects.action(99)));
    assertThatThrownBy(run::verify)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two versions of sub-flow leaf");
    run.verify(Flow.parse(text), later);
  }
}
