package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Flows that run flows. */
class SubflowTest {
  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_registered_flow_runs_with_the_inputs_and_gives_its_outputs() {
    lab.forge.register(
        Lab.flow("id: child", "nodes: {d: {type: echo, config: {v: '${inputs.n * 2}'}}}"));
    ExecutionResult result =
        lab.run("nodes: {s: {type: subflow, config: {flow: child, inputs: {n: 4}}}}");
    assertThat(result).isCompleted().node("s").hasOutput(Map.of("d", Map.of("v", 8)));
    assertThat(lab.forge.execution(result.executionId() + ".s")).isPresent();
  }

  @Test
  void an_inline_flow_runs_like_a_registered_one() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  s:",
            "    type: execute-workflow",
            "    config:",
            "      inputs: {n: 1}",
            "      flow: {id: inner, nodes: {o: {type: output, config: {output: '${inputs.n}'}}}}");
    assertThat(result).isCompleted().node("s").hasOutput(Map.of("o", 1));
  }

  @Test
  void without_waiting_the_output_is_the_childs_id() {
    lab.forge.register(Lab.flow("id: child", "nodes: {w: {type: wait, config: {duration: 1h}}}"));
    ExecutionResult result =
        lab.run("nodes: {s: {type: subflow, config: {flow: child, wait: false}}}");
    assertThat(result)
        .isCompleted()
        .node("s")
        .hasOutputAt("executionId", result.executionId() + ".s");
    assertThat(result.duration()).isEqualTo(Duration.ZERO);
    Execution child = lab.forge.execution(result.executionId() + ".s").orElseThrow();
    assertThat(lab.finish(child)).isCompleted();
  }

  @Test
  void the_childs_failure_is_the_nodes_failure() {
    lab.fails("bad");
    lab.forge.register(Lab.flow("id: child", "nodes: {bad: {type: quick}}"));
    ExecutionResult result =
        lab.run(
            "nodes: {s: {type: subflow, config: {flow: child}}, h: {type: quick}}",
            "edges: [{from: s, to: h, port: error}]");
    assertThat(result).isCompleted().completedOnly("h").node("s").failedWith("BROKEN");
  }

  @Test
  void a_sub_flow_that_is_tried_again_runs_again() {
    lab.failsTimes("bad", 0);
    java.util.concurrent.atomic.AtomicInteger calls =
        new java.util.concurrent.atomic.AtomicInteger();
    lab.on(
        "bad",
        context -> {
          if (calls.incrementAndGet() < 3) {
            throw io.flowforge.spi.ActionException.transientFailure("AGAIN", "again");
          }
          return "done";
        });
    lab.forge.register(Lab.flow("id: child", "nodes: {bad: {type: quick}}"));
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  s: {type: subflow, config: {flow: child}, retry: {strategy: fixed, delay: 1s, maxAttempts: 3}}");
    assertThat(result).isCompleted().node("s").ranTimes(3).hasOutput(Map.of("bad", "done"));
  }

  @Test
  void an_unknown_flow_fails_the_node_and_names_the_nearest() {
    lab.forge.register(Lab.flow("id: invoice", "nodes: {a: {type: quick}}"));
    ExecutionResult result = lab.run("nodes: {s: {type: subflow, config: {flow: invoce}}}");
    assertThat(result).failedWith("FF-FLOW-UNKNOWN");
    assertThat(result.error().orElseThrow().message()).contains("invoice");
  }

  @Test
  void inputs_that_the_child_refuses_fail_the_node() {
    lab.forge.register(
        Lab.flow(
            "id: child",
            "inputs: {n: {type: integer, required: true}}",
            "nodes: {a: {type: quick}}"));
    ExecutionResult result = lab.run("nodes: {s: {type: subflow, config: {flow: child}}}");
    assertThat(result).hasStatus(ExecutionStatus.FAILED);
    assertThat(result.error().orElseThrow().message()).contains("n");
    assertThat(lab.ran).isEmpty();
  }

  @Test
  void a_flow_that_starts_itself_is_stopped_at_the_depth_limit() {
    lab.forge.register(
        Lab.flow("id: loop", "nodes: {again: {type: subflow, config: {flow: loop}}}"));
    ExecutionResult result = lab.finish(lab.forge.start("loop", Map.of()));
    assertThat(result).failedWith("FF-SUBFLOW-DEPTH");
    assertThat(lab.forge.executions()).hasSize(17);
  }

  @Test
  void cancelling_the_parent_cancels_the_child() {
    lab.forge.register(Lab.flow("id: child", "nodes: {w: {type: wait, config: {duration: 1h}}}"));
    Execution execution = lab.start("nodes: {s: {type: subflow, config: {flow: child}}}");
    execution.cancel("enough");
    assertThat(execution.await(Lab.REAL)).isCancelled().node("s").isCancelled();
    assertThat(lab.forge.execution(execution.id() + ".s").orElseThrow()).isCancelled();
  }

  @Test
  void a_sub_flow_that_takes_too_long_is_cancelled_and_the_node_fails() {
    lab.forge.register(Lab.flow("id: child", "nodes: {w: {type: wait, config: {duration: 1h}}}"));
    ExecutionResult result =
        lab.run("nodes: {s: {type: subflow, timeout: 10s, config: {flow: child}}}");
    assertThat(result).failedWith("FF-TIMEOUT");
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(10));
    assertThat(lab.forge.execution(result.executionId() + ".s").orElseThrow()).isCancelled();
  }

  @Test
  void a_child_cancelled_by_someone_else_fails_the_node() {
    lab.forge.register(Lab.flow("id: child", "nodes: {w: {type: wait, config: {duration: 1h}}}"));
    Execution execution = lab.start("nodes: {s: {type: subflow, config: {flow: child}}}");
    lab.forge.execution(execution.id() + ".s").orElseThrow().cancel("by hand");
    assertThat(execution.await(Lab.REAL)).failedWith("FF-CANCELLED");
  }

  @Test
  void sub_flows_in_iterations_have_ids_of_their_own() {
    lab.forge.register(
        Lab.flow("id: child", "nodes: {a: {type: echo, config: {i: '${inputs.i}'}}}"));
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config:",
            "      times: 2",
            "      body: {nodes: {s: {type: subflow, config: {flow: child, inputs: {i: '${index}'}}}}}");
    assertThat(result).isCompleted();
    assertThat(lab.forge.execution(result.executionId() + ".each[1]/s")).isPresent();
  }
}
