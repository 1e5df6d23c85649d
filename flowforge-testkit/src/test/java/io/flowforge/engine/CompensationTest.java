package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeStatus;
import io.flowforge.spi.ActionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Undoing what was done before a failure. */
class CompensationTest {
  private final Lab lab = Lab.create();
  private final List<Object> undone = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    lab.close();
  }

  private void noteUndoing() {
    lab.on(
        "compensate",
        context -> {
          undone.add(String.valueOf(context.input()));
          return null;
        });
  }

  @Test
  void completed_nodes_are_undone_in_reverse_order_of_completion_one_at_a_time() {
    lab.takes("a", Duration.ofSeconds(3), "a").takes("b", Duration.ofSeconds(1), "b");
    lab.fails("bad");
    lab.on(
        "compensate",
        context -> {
          undone.add(context.input());
          return lab.later(Duration.ofSeconds(5), 1);
        });
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a: {type: quick, compensate: {type: quick}}",
            "  b: {type: quick, compensate: {type: quick}}",
            "  c: {type: quick}",
            "  bad: {type: quick, dependsOn: [a, b, c]}");
    assertThat(undone).containsExactly("a", "b");
    assertThat(result)
        .failedWith("BROKEN")
        .node("a")
        .isCompensated()
        .node("b")
        .isCompensated()
        .node("c")
        .isCompleted();
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(13));
  }

  @Test
  void a_compensation_may_use_its_nodes_own_output() {
    lab.fails("bad");
    lab.on("compensate", context -> undone.add("ran"));
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a: {type: echo, config: {id: 7}, compensate: {type: variable, config: {name: back, value: '${a.output.id}'}}}",
            "  bad: {type: quick, dependsOn: [a]}");
    assertThat(result).failedWith("BROKEN").hasVariable("back", 7).node("a").isCompensated();
  }

  @Test
  void a_failed_compensation_is_recorded_and_the_others_still_run() {
    lab.fails("bad");
    lab.on(
        "compensate",
        context -> {
          undone.add(context.input());
          if ("b".equals(context.input())) {
            throw ActionException.permanent("STUCK", "cannot undo");
          }
          return null;
        });
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a: {type: quick, compensate: {type: quick}}",
            "  b: {type: quick, compensate: {type: quick}, dependsOn: [a]}",
            "  bad: {type: quick, dependsOn: [b]}");
    assertThat(result)
        .failedWith("BROKEN")
        .node("a")
        .isCompensated()
        .node("b")
        .hasStatus(NodeStatus.COMPENSATION_FAILED);
    assertThat(Lab.node(result, "b").reason()).contains("STUCK");
    assertThat(undone).containsExactly("b", "a");
  }

  @Test
  void nodes_of_bodies_are_undone_each_iteration_by_itself() {
    noteUndoing();
    lab.on("work", context -> context.input());
    lab.fails("bad");
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config: {items: [x, y], body: {nodes: {work: {type: quick, compensate: {type: quick}}}}}",
            "  bad: {type: quick, dependsOn: [each]}");
    assertThat(undone).containsExactly("y", "x");
    assertThat(result).node("each[0]/work").isCompensated().node("each[1]/work").isCompensated();
  }

  @Test
  void cancelling_undoes_too_and_says_so_while_it_does() {
    lab.on("compensate", context -> lab.later(Duration.ofSeconds(5), undone.add("a")));
    Execution execution =
        lab.start(
            "nodes:",
            "  a: {type: quick, compensate: {type: quick}}",
            "  w: {type: wait, config: {duration: 1d}, dependsOn: [a]}");
    assertThat(execution.cancel("changed my mind")).isTrue();
    assertThat(execution).hasStatus(ExecutionStatus.COMPENSATING);
    assertThat(execution.cancel("again")).isFalse();
    ExecutionResult result = lab.finish(execution);
    assertThat(result).isCancelled().node("a").isCompensated();
    assertThat(result.error().orElseThrow().message()).contains("changed my mind");
    assertThat(undone).hasSize(1);
  }

  @Test
  void a_time_out_of_the_flow_undoes_too() {
    noteUndoing();
    ExecutionResult result =
        lab.run(
            "settings: {timeout: 1m}",
            "nodes:",
            "  a: {type: quick, compensate: {type: quick}}",
            "  w: {type: wait, config: {duration: 1d}, dependsOn: [a]}");
    assertThat(result).failedWith("FF-TIMEOUT").node("a").isCompensated();
  }

  @Test
  void a_completed_execution_undoes_nothing() {
    noteUndoing();
    assertThat(lab.run("nodes: {a: {type: quick, compensate: {type: quick}}}")).isCompleted();
    assertThat(undone).isEmpty();
  }

  @Test
  void under_finish_branches_undoing_waits_for_the_other_branches() {
    noteUndoing();
    lab.fails("bad").takes("late", Duration.ofSeconds(9), "late");
    ExecutionResult result =
        lab.run(
            "settings: {onError: finish-branches}",
            "nodes:",
            "  bad: {type: quick}",
            "  late: {type: quick, compensate: {type: quick}}");
    assertThat(result).failedWith("BROKEN").node("late").isCompensated();
  }

  @Test
  void nodes_that_failed_or_never_ran_are_not_undone() {
    noteUndoing();
    lab.fails("bad");
    lab.run(
        "nodes:",
        "  bad: {type: quick, compensate: {type: quick}}",
        "  next: {type: quick, compensate: {type: quick}, dependsOn: [bad]}");
    assertThat(undone).isEmpty();
  }

  @Test
  void a_blocking_compensation_runs_on_the_pool() {
    noteUndoing();
    lab.fails("bad");
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick, compensate: {type: slow}}, bad: {type: quick, dependsOn: [a]}}");
    assertThat(result).failedWith("BROKEN").node("a").isCompensated();
    assertThat(undone).hasSize(1);
  }

  // ---- error flow

  @Test
  void a_failed_execution_starts_its_error_flow_with_what_happened() {
    lab.fails("bad");
    lab.forge.register(
        Lab.flow(
            "id: rescue",
            "nodes: {e: {type: echo, config: {code: '${error.code}', in: '${inputs.error.code}', flow: '${inputs.flowId}', x: '${inputs.inputs.x}'}}}"));
    ExecutionResult result =
        lab.run(
            Lab.flow("settings: {errorFlow: rescue}", "nodes: {bad: {type: quick}}"),
            Map.of("x", 1));
    assertThat(result).failedWith("BROKEN");
    Execution rescue = lab.forge.execution(result.executionId() + ".error").orElseThrow();
    assertThat(rescue)
        .isCompleted()
        .hasOutput("e", Map.of("code", "BROKEN", "in", "BROKEN", "flow", "test", "x", 1));
  }

  @Test
  void the_error_flow_starts_after_the_compensations() {
    lab.fails("bad");
    lab.on("compensate", context -> undone.add("undone"));
    lab.on("rescue", context -> undone.add("rescued"));
    lab.forge.register(Lab.flow("id: rescue", "nodes: {rescue: {type: quick}}"));
    lab.run(
        "settings: {errorFlow: rescue}",
        "nodes: {a: {type: quick, compensate: {type: quick}}, bad: {type: quick, dependsOn: [a]}}");
    assertThat(undone).containsExactly("undone", "rescued");
  }

  @Test
  void an_error_flow_that_is_unknown_or_fails_itself_starts_no_other() {
    lab.fails("bad");
    lab.forge.register(
        Lab.flow("id: self", "settings: {errorFlow: self}", "nodes: {bad: {type: quick}}"));
    lab.finish(lab.forge.start("self", Map.of()));
    assertThat(lab.forge.executions()).hasSize(2);
    assertThat(lab.run("settings: {errorFlow: nobody}", "nodes: {bad: {type: quick}}"))
        .failedWith("BROKEN");
  }

  @Test
  void a_cancelled_execution_starts_no_error_flow() {
    lab.forge.register(Lab.flow("id: rescue", "nodes: {rescue: {type: quick}}"));
    Execution execution =
        lab.start(
            "settings: {errorFlow: rescue}", "nodes: {w: {type: wait, config: {duration: 1d}}}");
    execution.cancel("enough");
    assertThat(lab.forge.execution(execution.id() + ".error")).isEmpty();
  }
}
