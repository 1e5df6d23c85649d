package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.spi.Output;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nodes are given. */
class InputDataTest {
  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void an_entry_node_is_given_the_inputs() {
    ExecutionResult result =
        lab.run(Lab.flow("nodes: {a: {type: echo, config: {v: '${input.x}'}}}"), Map.of("x", 7));
    assertThat(result).isCompleted().node("a").hasOutput(Map.of("v", 7));
  }

  @Test
  void behind_one_taken_edge_input_is_that_output_itself() {
    lab.on("a", context -> List.of(1, 2));
    assertThat(lab.run("nodes: {a: {type: quick}, b: {type: echo, dependsOn: [a]}}"))
        .node("b")
        .hasOutput(List.of(1, 2));
  }

  @Test
  void behind_several_taken_edges_input_is_a_map_by_node_id() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a: {type: quick, config: {n: 1}}",
            "  b: {type: quick, config: {n: 2}}",
            "  c: {type: echo, dependsOn: [b, a], config: {v: '${input}'}}");
    assertThat(result)
        .node("c")
        .hasOutput(Map.of("v", Map.of("a", Map.of("n", 1), "b", Map.of("n", 2))));
  }

  @Test
  void with_one_of_two_edges_taken_input_is_the_plain_output() {
    lab.on("a", context -> Output.on("left", "yes")).on("b", context -> "b");
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, b: {type: quick}, c: {type: echo}}",
            "edges: [{from: a, to: c, port: right}, {from: b, to: c}]");
    assertThat(result).node("c").hasOutput("b");
  }

  @Test
  void two_taken_edges_of_one_node_count_as_one_predecessor() {
    lab.on("a", context -> "once");
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, c: {type: echo}}",
            "edges: [{from: a, to: c, condition: 'true'}, {from: a, to: c, condition: '1 < 2'}]");
    assertThat(result).node("c").hasOutput("once");
  }

  @Test
  void behind_an_error_port_input_is_the_error_and_so_is_the_root_error() {
    lab.fails("a");
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a: {type: quick}",
            "  h:",
            "    type: echo",
            "    config: {in: '${input.code}', root: '${error.code}', node: '${error.node}',",
            "      ref: '${a.error.message}', status: '${a.status}', tries: '${a.attempts}'}",
            "  h2: {type: echo, config: {still: '${error.code}'}, dependsOn: [h]}",
            "edges: [{from: a, to: h, port: error}]");
    assertThat(result)
        .isCompleted()
        .node("h")
        .hasOutput(
            Map.of(
                "in", "BROKEN",
                "root", "BROKEN",
                "node", "a",
                "ref", "a is broken",
                "status", "FAILED",
                "tries", 1))
        .node("h2")
        .hasOutput(Map.of("still", "BROKEN"));
  }

  @Test
  void outside_an_error_path_the_root_error_is_null() {
    assertThat(lab.run("nodes: {a: {type: echo, config: {e: '${error}'}}}"))
        .node("a")
        .hasOutputAt("e", null);
  }

  @Test
  void merge_keeps_the_order_of_the_document() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a: {type: quick, config: {n: 1}}",
            "  b: {type: quick, config: {n: 2}}",
            "  map: {type: merge}",
            "  list: {type: merge, config: {mode: list}}",
            "  first: {type: merge, config: {mode: first}}",
            "edges:",
            "  - {from: b, to: map}",
            "  - {from: a, to: map}",
            "  - {from: b, to: list}",
            "  - {from: a, to: list}",
            "  - {from: b, to: first}",
            "  - {from: a, to: first}");
    assertThat(result)
        .node("map")
        .hasOutput(Map.of("b", Map.of("n", 2), "a", Map.of("n", 1)))
        .node("list")
        .hasOutput(List.of(Map.of("n", 2), Map.of("n", 1)))
        .node("first")
        .hasOutput(Map.of("n", 2));
  }

  @Test
  void merge_of_one_predecessor_is_a_map_by_its_id() {
    assertThat(
            lab.run("nodes: {a: {type: quick, config: {n: 1}}, m: {type: merge, dependsOn: [a]}}"))
        .node("m")
        .hasOutput(Map.of("a", Map.of("n", 1)));
  }

  @Test
  void merge_first_takes_the_first_taken_edge_of_the_document() {
    lab.on("a", context -> Output.on("left", "a")).on("b", context -> "b");
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, b: {type: quick}, m: {type: merge, config: {mode: first}}}",
            "edges: [{from: a, to: m, port: right}, {from: b, to: m}]");
    assertThat(result).node("m").hasOutput("b");
  }

  @Test
  void the_config_is_frozen_before_the_first_attempt() {
    ExecutionResult result =
        lab.run(
            "variables: {n: 1}",
            "nodes:",
            "  f:",
            "    type: fail",
            "    config: {message: 'n was ${vars.n}'}",
            "    retry: {strategy: fixed, delay: 2s, jitter: none, maxAttempts: 2}",
            "    onError: continue",
            "  w: {type: wait, config: {duration: 1s}}",
            "  set: {type: variable, config: {name: n, value: 2}, dependsOn: [w]}");
    assertThat(result).isCompleted().hasVariable("n", 2).node("f").ranTimes(2);
    assertThat(Lab.node(result, "f").error()).isNotNull();
    assertThat(String.valueOf(Lab.node(result, "f").error())).contains("n was 1");
  }

  @Test
  void the_roots_execution_flow_and_trigger_are_known() {
    ExecutionResult result =
        lab.run(
            Lab.flow(
                "id: mine",
                "name: Mine",
                "nodes:",
                "  a:",
                "    type: echo",
                "    config: {id: '${execution.id}', at: '${execution.startedAt}', flow: '${flow.id}',",
                "      name: '${flow.name}', event: '${trigger.x}'}"),
            Map.of("x", 1));
    assertThat(result)
        .node("a")
        .hasOutput(
            Map.of(
                "id", result.executionId(),
                "at", "2026-01-01T00:00:00.000000Z",
                "flow", "mine",
                "name", "Mine",
                "event", 1));
  }

  @Test
  void inputs_that_cannot_be_resolved_fail_the_node_at_once_and_are_not_retried() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a:",
            "    type: quick",
            "    config: {v: '${1 / vars.zero}'}",
            "    retry: {maxAttempts: 5, strategy: fixed, delay: 1s, retryOn: ['*']}");
    assertThat(result).node("a").hasStatus(io.flowforge.execution.NodeStatus.FAILED).ranTimes(0);
    assertThat(lab.ran).isEmpty();
  }
}
