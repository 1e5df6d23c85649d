package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.NodeStatus;
import io.flowforge.spi.ActionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node's failure means. */
class FailureTest {
  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void an_unhandled_failure_fails_the_execution_with_its_code_and_place() {
    lab.fails("a");
    ExecutionResult result = lab.run("nodes: {a: {type: quick}, b: {type: quick, dependsOn: [a]}}");
    assertThat(result).failedWith("BROKEN").node("a").failedWith("BROKEN").node("b").isSkipped();
    assertThat(result.error().orElseThrow().node()).isEqualTo("a");
    assertThat(result.outputs()).isEmpty();
  }

  @Test
  void fail_fast_stops_running_and_waiting_nodes_and_starts_nothing_new() {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    lab.on(
        "busy",
        context -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException stopped) {
            interrupted.countDown();
            throw stopped;
          }
          return null;
        });
    lab.on(
        "bad",
        context -> {
          started.await();
          throw ActionException.permanent("BROKEN", "bad is broken");
        });
    Execution execution =
        lab.start(
            "nodes:",
            "  busy: {type: slow}",
            "  idle: {type: wait, config: {duration: 1d}}",
            "  bad: {type: slow}",
            "  next: {type: quick, dependsOn: [bad]}",
            "  later: {type: quick, dependsOn: [idle]}");
    ExecutionResult result = execution.await(Lab.REAL);
    assertThat(interrupted.getCount()).isZero();
    assertThat(result)
        .failedWith("BROKEN")
        .node("busy")
        .isCancelled()
        .node("idle")
        .isCancelled()
        .node("next")
        .isSkipped()
        .node("later")
        .isSkipped();
    assertThat(Lab.node(result, "later").reason()).isNotBlank();
  }

  @Test
  void an_error_edge_handles_the_failure_and_the_other_edges_die() {
    lab.fails("a");
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, ok: {type: quick}, h: {type: quick}, end: {type: quick}}",
            "edges:",
            "  - {from: a, to: ok}",
            "  - {from: a, to: h, port: error}",
            "  - {from: ok, to: end}",
            "  - {from: h, to: end}");
    assertThat(result)
        .isCompleted()
        .completedOnly("h", "end")
        .node("a")
        .failedWith("BROKEN")
        .leftThrough("error");
  }

  @Test
  void without_a_failure_the_error_edge_dies() {
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, h: {type: quick}}",
            "edges: [{from: a, to: h, port: error}]");
    assertThat(result).isCompleted().completedOnly("a").hasOutput("a", "a").node("h").isSkipped();
  }

  @Test
  void an_error_edge_with_a_condition_that_is_false_still_handles_the_failure() {
    lab.fails("a");
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick}, h: {type: quick}}",
            "edges: [{from: a, to: h, port: error, condition: \"a.error.code == 'OTHER'\"}]");
    assertThat(result).isCompleted().completedOnly();
  }

  @Test
  void continue_completes_the_node_with_its_fallback_and_keeps_the_error() {
    lab.fails("a");
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a: {type: quick, onError: continue, fallback: {v: '${1 + 1}'}}",
            "  b: {type: echo, dependsOn: [a]}");
    assertThat(result)
        .isCompleted()
        .node("a")
        .isCompleted()
        .hasOutput(Map.of("v", 2))
        .hasError("BROKEN")
        .leftThrough("main")
        .node("b")
        .hasOutput(Map.of("v", 2));
  }

  @Test
  void continue_without_a_fallback_gives_null() {
    lab.fails("a");
    assertThat(lab.run("nodes: {a: {type: quick, onError: continue}}"))
        .isCompleted()
        .hasOutputs(java.util.Collections.singletonMap("a", null));
  }

  @Test
  void an_error_edge_wins_over_continue() {
    lab.fails("a");
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick, onError: continue, fallback: 1}, h: {type: quick}}",
            "edges: [{from: a, to: h, port: error}]");
    assertThat(result).isCompleted().completedOnly("h");
  }

  @Test
  void a_fallback_that_cannot_be_resolved_is_a_failure_itself() {
    lab.fails("a");
    ExecutionResult result =
        lab.run("nodes: {a: {type: quick, onError: continue, fallback: '${1 / vars.zero}'}}");
    assertThat(result).node("a").hasStatus(NodeStatus.FAILED);
    assertThat(result.error().orElseThrow().code()).startsWith("FF-EXPR-");
  }

  @Test
  void finish_branches_lets_the_others_end_before_the_execution_fails() {
    lab.fails("a").takes("b", Duration.ofMinutes(1), 1);
    ExecutionResult result =
        lab.run(
            "settings: {onError: finish-branches}",
            "nodes:",
            "  a: {type: quick}",
            "  a2: {type: quick, dependsOn: [a]}",
            "  b: {type: quick}",
            "  b2: {type: quick, dependsOn: [b]}");
    assertThat(result)
        .failedWith("BROKEN")
        .completedOnly("b", "b2")
        .node("a2")
        .skippedBecause("failure");
    assertThat(result.duration()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void finish_branches_takes_all_that_comes_behind_through_joins_of_all() {
    lab.fails("bad");
    ExecutionResult result =
        lab.run(
            "settings: {onError: finish-branches}",
            "nodes:",
            "  bad: {type: quick}",
            "  good: {type: quick}",
            "  j1: {type: quick, dependsOn: [bad, good]}",
            "  good2: {type: quick, dependsOn: [good]}",
            "  j2: {type: quick, dependsOn: [j1, good2]}",
            "  end: {type: quick, dependsOn: [j2, good2]}");
    assertThat(result)
        .failedWith("BROKEN")
        .completedOnly("good", "good2")
        .node("j2")
        .skippedBecause("failure")
        .node("end")
        .skippedBecause("failure");
  }

  @Test
  void finish_branches_lets_a_join_of_any_be_satisfied_by_others() {
    lab.fails("bad");
    ExecutionResult result =
        lab.run(
            "settings: {onError: finish-branches}",
            "nodes:",
            "  bad: {type: quick}",
            "  good: {type: quick}",
            "  any: {type: quick, join: any, dependsOn: [bad, good]}",
            "  after: {type: quick, dependsOn: [any]}",
            "  two: {type: quick, join: {atLeast: 2}, dependsOn: [bad, good, after]}");
    assertThat(result).failedWith("BROKEN").completedOnly("good", "any", "after", "two");
  }

  @Test
  void finish_branches_reports_the_first_failure() {
    lab.fails("b").on("a", context -> lab.later(Duration.ofSeconds(1), List.of()));
    ExecutionResult result =
        lab.run(
            "settings: {onError: finish-branches}",
            "nodes:",
            "  a: {type: quick}",
            "  late: {type: fail, config: {code: LATE}, dependsOn: [a]}",
            "  b: {type: quick}");
    assertThat(result).failedWith("BROKEN").node("late").failedWith("LATE");
  }

  @Test
  void a_fail_node_fails_with_its_code_and_message() {
    ExecutionResult result =
        lab.run("nodes: {f: {type: stop, config: {code: STOCK, message: 'out of ${1 + 1}'}}}");
    assertThat(result).failedWith("STOCK");
    assertThat(result.error().orElseThrow().message()).isEqualTo("out of 2");
  }

  @Test
  void or_throw_gives_the_error_as_an_exception() {
    lab.fails("a");
    ExecutionResult result = lab.run("nodes: {a: {type: quick}}");
    org.assertj.core.api.Assertions.assertThatThrownBy(result::orThrow)
        .isInstanceOf(io.flowforge.FlowForgeException.class)
        .hasMessageContaining("a is broken")
        .extracting("code")
        .isEqualTo("BROKEN");
  }
}
