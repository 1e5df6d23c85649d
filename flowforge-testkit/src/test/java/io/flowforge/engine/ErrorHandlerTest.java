package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.spi.ErrorHandler;
import io.flowforge.spi.ErrorHandler.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Engine-wide handlers of failures that the flow does not handle. */
class ErrorHandlerTest {
  private static ExecutionResult run(String pattern, ErrorHandler handler, String... flow) {
    try (Lab lab = Lab.with(builder -> builder.onError(pattern, handler))) {
      lab.failsTimes("a", 2);
      return lab.run(flow);
    }
  }

  @Test
  void a_handler_may_let_the_node_count_as_completed() {
    ExecutionResult result =
        run(
            "BROKEN",
            (error, attempts) -> Decision.continueWith(List.of(error.code(), attempts)),
            "nodes: {a: {type: quick}, b: {type: echo, dependsOn: [a]}}");
    assertThat(result)
        .isCompleted()
        .node("a")
        .hasError("BROKEN")
        .node("b")
        .hasOutput(List.of("BROKEN", 1));
  }

  @Test
  void what_a_handler_puts_in_the_place_of_a_result_is_not_cached() {
    String flow = "nodes: {a: {type: quick, cache: {ttl: 1m}}}";
    ErrorHandler instead = (error, attempts) -> Decision.continueWith("instead");
    try (Lab lab = Lab.with(builder -> builder.onError("BROKEN", instead))) {
      lab.fails("a");
      assertThat(lab.run(flow)).hasOutput("a", "instead");
      lab.on("a", context -> "well");
      assertThat(lab.run(flow)).hasOutput("a", "well");
    }
  }

  @Test
  void a_handler_may_have_the_node_tried_again() {
    ExecutionResult result =
        run(
            "BRO*",
            (error, attempts) -> Decision.retryAfter(Duration.ofMinutes(1)),
            "nodes: {a: {type: quick}}");
    assertThat(result).isCompleted().node("a").ranTimes(3).took(Duration.ofMinutes(2));
  }

  @Test
  void a_handler_is_asked_after_the_nodes_own_retries() {
    List<Integer> asked = new ArrayList<>();
    run(
        "*",
        (error, attempts) -> {
          asked.add(attempts);
          return Decision.fail();
        },
        "nodes: {a: {type: quick, retry: {maxAttempts: 2}}}");
    assertThat(asked).containsExactly(2);
  }

  @Test
  void a_handler_is_not_asked_where_the_flow_handles_the_failure() {
    List<Integer> asked = new ArrayList<>();
    run(
        "*",
        (error, attempts) -> {
          asked.add(attempts);
          return Decision.fail();
        },
        "nodes: {a: {type: quick, onError: continue}}");
    assertThat(asked).isEmpty();
  }

  @Test
  void the_most_exact_pattern_is_asked() {
    try (Lab lab =
        Lab.with(
            builder ->
                builder
                    .onError("*", (error, attempts) -> Decision.continueWith("any"))
                    .onError("BRO*", (error, attempts) -> Decision.continueWith("prefix"))
                    .onError("BROKEN", (error, attempts) -> Decision.continueWith("exact")))) {
      lab.fails("a");
      assertThat(lab.run("nodes: {a: {type: quick}}")).hasOutput("a", "exact");
      assertThat(lab.run("nodes: {f: {type: fail, config: {code: BROOM}}}"))
          .hasOutput("f", "prefix");
      assertThat(lab.run("nodes: {f: {type: fail, config: {code: OTHER}}}")).hasOutput("f", "any");
    }
  }

  @Test
  void a_handler_that_throws_lets_the_failure_stand() {
    ExecutionResult result =
        run(
            "*",
            (error, attempts) -> {
              throw new IllegalStateException("handler is broken");
            },
            "nodes: {a: {type: quick}}");
    assertThat(result).failedWith("BROKEN");
  }

  @Test
  void a_handler_whose_value_is_no_plain_value_lets_the_failure_stand() {
    ExecutionResult result =
        run(
            "*",
            (error, attempts) -> Decision.continueWith(Double.NaN),
            "nodes: {a: {type: quick}}");
    assertThat(result).failedWith("BROKEN");
  }
}
