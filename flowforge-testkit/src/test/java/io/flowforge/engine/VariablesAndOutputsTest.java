package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.flow.Flow;
import io.flowforge.spi.Output;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Variables of an execution, and what it returns. */
class VariablesAndOutputsTest {
  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void parallel_writers_lose_no_update() {
    Flow.Builder flow = Flow.builder("count");
    for (int i = 0; i < 50; i++) {
      flow.node("slow" + i, "slow");
      flow.node(
          "inc" + i, "variable", node -> node.config("operation", "increment").config("name", "n"));
      flow.node(
          "app" + i,
          "variable",
          node -> node.config("operation", "append").config("name", "l").config("value", 1));
      flow.chain("slow" + i, "inc" + i, "app" + i);
    }
    ExecutionResult result = lab.run(flow.build(), Map.of());
    assertThat(result)
        .isCompleted()
        .hasVariable("n", 50)
        .hasVariable("l", java.util.Collections.nCopies(50, 1));
  }

  @Test
  void every_operation_begins_with_its_own_nothing() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  i: {type: variable, config: {operation: increment, name: a}}",
            "  j: {type: variable, config: {operation: increment, name: a, value: 2.5}, dependsOn: [i]}",
            "  l: {type: variable, config: {operation: append, name: b, value: x}}",
            "  m: {type: variable, config: {operation: merge, name: c, value: {k: 1}}}",
            "  n: {type: variable, config: {operation: merge, name: c, value: {l: 2}}, dependsOn: [m]}",
            "  s: {type: variable, config: {name: d, value: [1]}}");
    assertThat(result)
        .hasVariable("a", 3.5)
        .hasVariable("b", List.of("x"))
        .hasVariable("c", Map.of("k", 1, "l", 2))
        .hasVariable("d", List.of(1))
        .node("n")
        .hasOutput(Map.of("k", 1, "l", 2));
  }

  @Test
  void an_operation_on_a_value_of_another_type_fails_the_node() {
    assertThat(
            lab.run(
                "variables: {a: text}",
                "nodes: {i: {type: variable, config: {operation: increment, name: a}}}"))
        .failedWith("FF-VARIABLE");
  }

  @Test
  void an_increment_past_the_range_fails_instead_of_wrapping_round() {
    assertThat(
            lab.run(
                "variables: {a: 9223372036854775807}",
                "nodes: {i: {type: variable, config: {operation: increment, name: a}}}"))
        .failedWith("FF-EXPR-NUMBER");
  }

  @Test
  void initial_variables_may_read_the_inputs() {
    ExecutionResult result =
        lab.run(
            Lab.flow(
                "variables: {a: '${inputs.x + 1}'}",
                "nodes: {e: {type: echo, config: {v: '${vars.a}'}}}"),
            Map.of("x", 1));
    assertThat(result).node("e").hasOutput(Map.of("v", 2));
  }

  @Test
  void variables_that_cannot_be_resolved_fail_the_execution() {
    ExecutionResult result =
        lab.run("variables: {a: '${1 / inputs.x}'}", "nodes: {e: {type: quick}}");
    assertThat(result)
        .hasStatus(io.flowforge.execution.ExecutionStatus.FAILED)
        .node("e")
        .isSkipped();
  }

  @Test
  void variables_are_shared_with_bodies() {
    assertThat(
            lab.run(
                "nodes:",
                "  each:",
                "    type: loop",
                "    config:",
                "      times: 5",
                "      body: {nodes: {i: {type: variable, config: {operation: increment, name: n, value: '${index}'}}}}"))
        .hasVariable("n", 10);
  }

  @Test
  void declared_outputs_are_resolved_at_the_end() {
    assertThat(
            lab.run(
                "nodes: {a: {type: echo, config: {v: 1}}}",
                "outputs: {sum: '${a.output.v + 1}', text: 'v=${a.output.v}', none: '${a.output.nope}'}"))
        .hasOutput("sum", 2)
        .hasOutput("text", "v=1")
        .hasOutput("none", null);
  }

  @Test
  void outputs_that_cannot_be_resolved_fail_the_execution() {
    ExecutionResult result =
        lab.run("nodes: {a: {type: quick}}", "outputs: {x: '${1 / vars.zero}'}");
    assertThat(result).hasStatus(io.flowforge.execution.ExecutionStatus.FAILED);
  }

  @Test
  void output_nodes_give_the_outputs_under_their_name_or_id() {
    assertThat(
            lab.run(
                "nodes:",
                "  a: {type: quick}",
                "  one: {type: output, config: {output: 1, name: first}}",
                "  two: {type: output, config: {value: 2}}",
                "  three: {type: output, dependsOn: [a]}"))
        .hasOutputs(Map.of("first", 1, "two", 2, "three", "a"));
  }

  @Test
  void skipped_output_nodes_are_left_out() {
    lab.on("a", context -> Output.on("left", 1));
    assertThat(
            lab.run(
                "nodes: {a: {type: quick}, l: {type: output}, r: {type: output}}",
                "edges: [{from: a, to: l, port: left}, {from: a, to: r, port: right}]"))
        .hasOutputs(Map.of("l", 1));
  }

  @Test
  void without_output_nodes_the_terminal_nodes_give_the_outputs_by_id() {
    assertThat(
            lab.run(
                "nodes: {a: {type: quick}, b: {type: quick, dependsOn: [a]}, c: {type: quick, dependsOn: [a]}}"))
        .hasOutputs(Map.of("b", "b", "c", "c"));
  }

  @Test
  void the_inputs_declared_defaults_are_there_for_all() {
    assertThat(
            lab.run(
                "inputs: {n: {type: integer, default: 3}}",
                "nodes: {in: {type: input}, e: {type: echo, config: {v: '${inputs.n}'}}}"))
        .hasOutputs(Map.of("in", Map.of("n", 3), "e", Map.of("v", 3)));
  }
}
