package io.flowforge.testkit;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlowAssertionsTest {
  private static final ExecutionSnapshot RUN =
      SampleRun.of(ExecutionStatus.FAILED)
          .output("total", 5)
          .variable("seen", List.of("a"))
          .error("FF-TIMEOUT", "too late")
          .node("fetch", NodeStatus.COMPLETED, 0, 10, Map.of("body", Map.of("n", List.of(1.0))))
          .node("sum", NodeStatus.FAILED, 10, 30, null)
          .node("mail", NodeStatus.SKIPPED, -1, -1, null)
          .snapshot();

  @Test
  void holds_for_a_run_that_is_as_it_says() {
    assertThat(RUN)
        .failedWith("FF-TIMEOUT")
        .hasStatus(ExecutionStatus.FAILED)
        .hasOutput("total", 5L)
        .hasOutputs(Map.of("total", 5.0))
        .hasVariable("seen", List.of("a"))
        .ranBefore("fetch", "sum")
        .ranInOrder("fetch", "sum")
        .completedOnly("fetch")
        .node("fetch")
        .isCompleted()
        .ranTimes(1)
        .leftThrough("main")
        .hasOutput(Map.of("body", Map.of("n", List.of(1))))
        .hasOutputAt("body.n.0", 1)
        .hasOutputAt("body.n.1", null)
        .took(Duration.ofMillis(10))
        .node("sum")
        .failedWith("FF-TIMEOUT")
        .hasError("FF-TIMEOUT")
        .node("mail")
        .isSkipped()
        .skippedBecause("DEAD")
        .execution()
        .hasOutput("total", 5);
  }

  static List<Arguments> wrongExpectations() {
    return List.of(
        wrong("to be COMPLETED, but it is FAILED", run -> assertThat(run).isCompleted()),
        wrong("to be CANCELLED", run -> assertThat(run).isCancelled()),
        wrong("to be WAITING", run -> assertThat(run).isWaiting()),
        wrong(
            "FF-OTHER, but its error is FF-TIMEOUT", run -> assertThat(run).failedWith("FF-OTHER")),
        wrong("expected 6, was 5", run -> assertThat(run).hasOutput("total", 6)),
        wrong("to return \"sum\"", run -> assertThat(run).hasOutput("sum", 5)),
        wrong("/total: expected 6", run -> assertThat(run).hasOutputs(Map.of("total", 6))),
        wrong("variable \"seen\"", run -> assertThat(run).hasVariable("seen", List.of("b"))),
        wrong("to run \"sum\" before \"fetch\"", run -> assertThat(run).ranBefore("sum", "fetch")),
        wrong("began at null", run -> assertThat(run).ranBefore("fetch", "mail")),
        wrong("completed are [fetch]", run -> assertThat(run).completedOnly("fetch", "sum")),
        wrong("to have a node run \"nix\"", run -> assertThat(run).node("nix")),
        wrong("to be COMPLETED; it is FAILED", run -> assertThat(run).node("sum").isCompleted()),
        wrong("to be CANCELLED", run -> assertThat(run).node("sum").isCancelled()),
        wrong("to be COMPENSATED", run -> assertThat(run).node("sum").isCompensated()),
        wrong("to be WAITING", run -> assertThat(run).node("sum").isWaiting()),
        wrong("with FF-OTHER", run -> assertThat(run).node("sum").failedWith("FF-OTHER")),
        wrong("to be FAILED", run -> assertThat(run).node("fetch").failedWith("FF-TIMEOUT")),
        wrong("/body", run -> assertThat(run).node("fetch").hasOutput(Map.of("body", 1))),
        wrong("body.n", run -> assertThat(run).node("fetch").hasOutputAt("body.n", 1)),
        wrong("tried 2 times", run -> assertThat(run).node("sum").ranTimes(2)),
        wrong("through main", run -> assertThat(run).node("fetch").leftThrough("error")),
        wrong("because \"moon\"", run -> assertThat(run).node("mail").skippedBecause("moon")),
        wrong("to take PT1S", run -> assertThat(run).node("sum").took(Duration.ofSeconds(1))),
        wrong("begun and ended", run -> assertThat(run).node("mail").took(Duration.ZERO)));
  }

  @ParameterizedTest
  @MethodSource("wrongExpectations")
  void fails_with_what_was_wanted_and_what_is(Consumer<ExecutionSnapshot> check, String words) {
    assertThatThrownBy(() -> check.accept(RUN))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(words);
  }

  @Test
  void shows_all_node_runs_when_an_execution_is_not_as_wanted() {
    assertThatThrownBy(() -> assertThat(RUN).isCompleted())
        .hasMessageContaining("fetch: COMPLETED, took PT0.01S")
        .hasMessageContaining("sum: FAILED, took PT0.02S, FF-TIMEOUT: too late")
        .hasMessageContaining("mail: SKIPPED (all its incoming edges are dead)");
  }

  private static Arguments wrong(String words, Consumer<ExecutionSnapshot> check) {
    return Arguments.of(Named.of(words, check), words);
  }
}
