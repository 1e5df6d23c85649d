package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.Explanation.EdgeState;
import io.flowforge.execution.NodeStatus;
import io.flowforge.spi.Output;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which nodes run, and when. */
class SchedulingTest {
  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_node_starts_when_its_own_join_is_satisfied_and_not_at_the_end_of_a_wave() {
    lab.takes("long", Duration.ofHours(1), 1).takes("short", Duration.ofSeconds(1), 1);
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  long: {type: quick}",
            "  short: {type: quick}",
            "  after: {type: quick, dependsOn: [short]}",
            "  last: {type: quick, dependsOn: [long, after]}");
    assertThat(lab.ran).containsExactly("long", "short", "after", "last");
    assertThat(result).isCompleted().ranInOrder("short", "after", "last");
    assertThat(result.snapshot().duration()).hasValue(Duration.ofHours(1));
  }

  @Test
  void a_dead_path_is_skipped_to_its_end_and_says_why() {
    lab.on("a", context -> Output.on("left", 1));
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, l: {type: quick}, r: {type: quick}, r2: {type: quick}}",
            "edges:",
            "  - {from: a, to: l, port: left}",
            "  - {from: a, to: r, port: right}",
            "  - {from: r, to: r2}");
    assertThat(result).isCompleted().completedOnly("a", "l").node("r2").skippedBecause("none of");
    assertThat(lab.ran).containsExactly("a", "l");
  }

  @Test
  void a_join_of_all_runs_when_every_edge_is_decided_and_one_is_taken() {
    lab.on("a", context -> Output.on("left", 1)).takes("b", Duration.ofSeconds(5), 2);
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, b: {type: quick}, join: {type: quick}}",
            "edges: [{from: a, to: join, port: right}, {from: b, to: join}]");
    assertThat(result).isCompleted().node("join").isCompleted();
    assertThat(lab.forge.execution(result.executionId()).orElseThrow().explain("join").edges())
        .extracting(edge -> edge.state())
        .containsExactly(EdgeState.DEAD, EdgeState.TAKEN);
  }

  @Test
  void a_join_of_any_runs_at_the_first_taken_edge_and_later_ones_are_ignored() {
    lab.takes("a", Duration.ofSeconds(9), 1).takes("b", Duration.ofSeconds(1), 2);
    lab.on("join", context -> Map.of("in", context.input()));
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, b: {type: quick}, join: {type: quick, join: any}}",
            "edges: [{from: a, to: join}, {from: b, to: join}]");
    assertThat(result).isCompleted().node("join").hasOutput(Map.of("in", 2));
    assertThat(Lab.node(result, "join").finishedAt()).isEqualTo(Lab.node(result, "b").finishedAt());
    assertThat(lab.ran).containsOnlyOnce("join");
    assertThat(lab.forge.execution(result.executionId()).orElseThrow().explain("join").edges())
        .extracting(edge -> edge.state())
        .containsExactly(EdgeState.IGNORED, EdgeState.TAKEN);
  }

  @Test
  void a_join_of_any_hears_only_of_the_edges_that_were_taken() {
    lab.on("root", context -> Output.on("left", 0));
    lab.on("a", context -> "from a").on("join", context -> Map.of("in", context.input()));
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  root: {type: quick}",
            "  dead: {type: quick}",
            "  a: {type: quick}",
            "  join: {type: quick, join: any}",
            "edges:",
            "  - {from: root, to: a, port: left}",
            "  - {from: root, to: dead, port: right}",
            "  - {from: dead, to: join}",
            "  - {from: a, to: join}");
    assertThat(result).isCompleted().node("join").hasOutput(Map.of("in", "from a"));
  }

  @Test
  void a_join_of_some_starts_at_the_nth_taken_edge() {
    for (String id : List.of("a", "b", "c")) {
      lab.takes(id, Duration.ofSeconds(id.charAt(0) - 'a' + 1), id);
    }
    lab.on("join", context -> context.input());
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a: {type: quick}",
            "  b: {type: quick}",
            "  c: {type: quick}",
            "  join: {type: quick, join: {atLeast: 2}, dependsOn: [a, b, c]}");
    assertThat(result).isCompleted().node("join").hasOutput(Map.of("a", "a", "b", "b"));
    assertThat(Lab.node(result, "join").finishedAt()).isEqualTo(Lab.node(result, "b").finishedAt());
  }

  @Test
  void a_join_of_some_is_skipped_as_soon_as_it_can_no_longer_be_satisfied() {
    lab.on("a", context -> Output.on("left", 1)).on("b", context -> Output.on("left", 1));
    lab.takes("c", Duration.ofDays(1), 1);
    Execution execution =
        lab.start(
            "nodes:",
            "  a: {type: quick}",
            "  b: {type: quick}",
            "  c: {type: quick}",
            "  join: {type: quick, join: {atLeast: 2}, dependsOn: [a, b, c]}",
            "  after: {type: quick, dependsOn: [join]}");
    lab.time.settle();
    // a and b left through another port, so one edge is left for two arrivals.
    assertThat(execution).node("join").skippedBecause("too few").node("after").isSkipped();
    assertThat(lab.finish(execution)).isCompleted();
  }

  @Test
  void edge_conditions_decide_each_edge_by_itself() {
    ExecutionResult result =
        lab.run(
            Lab.flow(
                "nodes: {a: {type: quick, config: {n: 5}}, big: {type: quick}, small: {type: quick}}",
                "edges:",
                "  - {from: a, to: big, condition: 'a.output.n > inputs.limit'}",
                "  - {from: a, to: small, condition: '${!(a.output.n > inputs.limit)}'}"),
            Map.of("limit", 3));
    assertThat(result).isCompleted().completedOnly("a", "big");
  }

  @Test
  void an_edge_condition_that_gives_no_boolean_fails_the_execution_with_its_place() {
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick, config: {n: 5}}, b: {type: quick}}",
            "edges: [{from: a, to: b, condition: 'a.output.n'}]");
    assertThat(result).hasStatus(io.flowforge.execution.ExecutionStatus.FAILED);
    assertThat(result.error().orElseThrow().code()).startsWith("FF-EXPR-");
    assertThat(result.error().orElseThrow().message()).contains("a → b");
    assertThat(result).node("b").isSkipped();
  }

  @Test
  void an_edge_condition_that_fails_fails_the_execution_though_its_source_handles_errors() {
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick, onError: continue}, b: {type: quick}}",
            "edges: [{from: a, to: b, condition: '1 / inputs.zero > 1'}]");
    assertThat(result.error().orElseThrow().code()).startsWith("FF-EXPR-");
    assertThat(result).node("a").isCompleted();
  }

  @Test
  void a_switch_takes_the_first_case_that_matches() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  s:",
            "    type: switch",
            "    config:",
            "      value: 2",
            "      cases: [{equals: 1, port: one}, {equals: 2.0, port: two}, {equals: 2, port: late}]",
            "  one: {type: quick}",
            "  two: {type: quick}",
            "  late: {type: quick}",
            "  other: {type: quick}",
            "edges:",
            "  - {from: s, to: one, port: one}",
            "  - {from: s, to: two, port: two}",
            "  - {from: s, to: late, port: late}",
            "  - {from: s, to: other, port: default}");
    assertThat(result)
        .isCompleted()
        .completedOnly("s", "two")
        .node("s")
        .leftThrough("two")
        .hasOutput(Map.of("port", "two", "value", 2));
  }

  @Test
  void a_switch_without_a_match_takes_the_port_that_default_names() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  s:",
            "    type: switch",
            "    config: {cases: [{when: 'index == 1', port: one}], default: rest}",
            "  one: {type: quick}",
            "  rest: {type: quick}",
            "edges: [{from: s, to: one, port: one}, {from: s, to: rest, port: rest}]");
    assertThat(result).isCompleted().completedOnly("s", "rest");
  }

  @Test
  void a_conditional_leaves_through_true_or_false() {
    ExecutionResult result =
        lab.run(
            "nodes: {c: {type: if, config: {condition: '2 > 1'}}, y: {type: quick}, n: {type: quick}}",
            "edges: [{from: c, to: y, port: 'true'}, {from: c, to: n, port: 'false'}]");
    assertThat(result).completedOnly("c", "y").node("c").hasOutput(Map.of("result", true));
  }

  @Test
  void a_failing_condition_inside_a_conditional_is_the_nodes_failure() {
    ExecutionResult result =
        lab.run(
            "nodes: {c: {type: if, config: {condition: '1 / vars.zero > 1'}}, h: {type: quick}}",
            "edges: [{from: c, to: h, port: error}]");
    assertThat(result).isCompleted().completedOnly("h").node("c").hasStatus(NodeStatus.FAILED);
  }

  @Test
  void a_disabled_node_is_skipped_and_its_input_passes_on() {
    lab.on("b", context -> Map.of("got", context.input()));
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a: {type: quick, config: {v: 1}}",
            "  off: {type: quick, disabled: true, dependsOn: [a]}",
            "  b: {type: quick, dependsOn: [off]}");
    assertThat(result)
        .isCompleted()
        .completedOnly("a", "b")
        .node("off")
        .skippedBecause("disabled")
        .hasOutput(Map.of("v", 1))
        .node("b")
        .hasOutput(Map.of("got", Map.of("v", 1)));
    assertThat(lab.forge.execution(result.executionId()).orElseThrow().explain("b").edges())
        .extracting(edge -> edge.state())
        .containsExactly(EdgeState.TAKEN);
  }

  @Test
  void a_disabled_node_on_a_dead_path_passes_nothing_on() {
    lab.on("a", context -> Output.on("left", 1));
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, off: {type: quick, disabled: true}, b: {type: quick}}",
            "edges: [{from: a, to: off, port: right}, {from: off, to: b}]");
    assertThat(result).isCompleted().completedOnly("a").node("b").isSkipped();
  }

  @Test
  void edges_of_a_node_that_failed_are_not_told_as_taken() {
    lab.fails("a");
    ExecutionResult result = lab.run("nodes: {a: {type: quick}, b: {type: quick, dependsOn: [a]}}");
    assertThat(result).failedWith("BROKEN");
    assertThat(lab.forge.execution(result.executionId()).orElseThrow().explain("b").edges())
        .extracting(edge -> edge.state())
        .doesNotContain(EdgeState.TAKEN);
  }

  @Test
  void every_entry_node_of_a_flow_without_edges_runs() {
    assertThat(lab.run("nodes: {a: {type: quick}, b: {type: quick}, c: {type: slow}}"))
        .isCompleted()
        .completedOnly("a", "b", "c");
  }
}
