package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.spi.ActionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When and how often a failed node is tried again. */
class RetryTest {
  private final Lab lab = Lab.create();
  private final List<Long> at = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    lab.close();
  }

  private void failsAlways(String code) {
    lab.on(
        "a",
        context -> {
          at.add(
              Duration.between(io.flowforge.testkit.ManualTime.START, lab.time.now()).toSeconds());
          throw ActionException.transientFailure(code, "no");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed       | 0 1 2 3 4 5",
        "linear      | 0 1 3 6 10 15",
        "exponential | 0 1 3 7 12 17",
        "fibonacci   | 0 1 2 4 7 12",
      })
  void the_delays_follow_the_strategy_up_to_the_cap(String strategy, String expected) {
    failsAlways("NO");
    ExecutionResult result =
        lab.run(
            "nodes: {a: {type: quick, retry: {strategy: "
                + strategy
                + ", delay: 1s, maxDelay: 5s, jitter: none, maxAttempts: 6}}}");
    assertThat(result).failedWith("NO").node("a").ranTimes(6);
    assertThat(at)
        .containsExactly(
            java.util.Arrays.stream(expected.split(" ")).map(Long::valueOf).toArray(Long[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "slow"})
  void a_node_that_recovers_completes_with_the_number_of_tries(String type) {
    lab.failsTimes("a", 2);
    ExecutionResult result = lab.run("nodes: {a: {type: " + type + ", retry: {}}}");
    assertThat(result).isCompleted().node("a").ranTimes(3).hasOutput(3);
    // Full jitter: at most 1 s and 2 s.
    assertThat(result.duration()).isLessThanOrEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void without_a_policy_there_is_one_attempt() {
    failsAlways("NO");
    assertThat(lab.run("nodes: {a: {type: quick}}")).failedWith("NO").node("a").ranTimes(1);
  }

  @Test
  void the_flows_own_policy_holds_for_nodes_without_one() {
    failsAlways("NO");
    assertThat(
            lab.run(
                "settings: {retry: {strategy: fixed, delay: 1s, maxAttempts: 4}}",
                "nodes: {a: {type: quick}}"))
        .node("a")
        .ranTimes(4);
  }

  @Test
  void no_attempt_begins_after_the_total_budget() {
    failsAlways("NO");
    lab.run(
        "nodes: {a: {type: quick, retry: {strategy: fixed, delay: 10s, jitter: none, maxElapsed: 25s, maxAttempts: 99}}}");
    assertThat(at).containsExactly(0L, 10L, 20L);
  }

  @ParameterizedTest
  @CsvSource({
    "NET-RESET, 'retryOn: [NET-*]', 3",
    "HTTP, 'retryOn: [NET-*]', 1",
    "HTTP, 'giveUpOn: [HTTP]', 1",
    "NET-RESET, 'retryOn: [NET-*], giveUpOn: [NET-RESET]', 1",
    "ANY, 'retryOn: [\"*\"]', 3",
  })
  void codes_say_which_failures_are_tried_again(String code, String filter, int attempts) {
    failsAlways(code);
    assertThat(
            lab.run(
                "nodes: {a: {type: quick, retry: {strategy: fixed, delay: 1s, " + filter + "}}}"))
        .node("a")
        .ranTimes(attempts);
  }

  @Test
  void a_permanent_failure_is_not_tried_again_unless_asked_for() {
    lab.on(
        "a",
        context -> {
          throw ActionException.permanent("NEVER", "no");
        });
    assertThat(lab.run("nodes: {a: {type: quick, retry: {}}}")).node("a").ranTimes(1);
    assertThat(lab.run("nodes: {a: {type: quick, retry: {retryOn: [NEVER]}}}"))
        .node("a")
        .ranTimes(3);
  }

  @Test
  void between_attempts_the_node_waits_and_says_for_what() {
    failsAlways("NO");
    Execution execution =
        lab.start("nodes: {a: {type: quick, retry: {strategy: fixed, delay: 1h, jitter: none}}}");
    assertThat(execution).isWaiting().node("a").isWaiting().hasError("NO");
    assertThat(execution.snapshot().node("a").orElseThrow().reason())
        .isEqualTo("waits for attempt 2");
    assertThat(String.join("\n", execution.explain("a").story()))
        .contains("NO")
        .contains("waits for attempt 2");
  }

  @Test
  void a_cancelled_wait_for_an_attempt_starts_none() {
    failsAlways("NO");
    Execution execution =
        lab.start("nodes: {a: {type: quick, retry: {strategy: fixed, delay: 1h}}}");
    execution.cancel("enough");
    assertThat(execution.await(Lab.REAL)).isCancelled().node("a").isCancelled();
    assertThat(lab.time.pendingTimers()).isZero();
    assertThat(at).hasSize(1);
  }

  @Test
  void a_paused_execution_starts_no_further_attempt_until_it_goes_on() {
    failsAlways("NO");
    Execution execution =
        lab.start(
            "nodes: {a: {type: quick, retry: {strategy: fixed, delay: 1s, jitter: none, maxAttempts: 2}}}");
    execution.pause();
    lab.time.advance(Duration.ofSeconds(60));
    assertThat(at).hasSize(1);
    execution.resume();
    assertThat(lab.finish(execution)).failedWith("NO");
    assertThat(at).containsExactly(0L, 60L);
  }

  @Test
  void the_idempotency_key_is_the_same_for_all_attempts() {
    List<String> keys = new ArrayList<>();
    lab.on(
        "a",
        context -> {
          keys.add(context.idempotencyKey() + context.attempt());
          throw ActionException.transientFailure("NO", "no");
        });
    lab.run("nodes: {a: {type: quick, retry: {}}}");
    assertThat(keys).hasSize(3);
    assertThat(keys.get(2)).isEqualTo(keys.get(0).substring(0, 56) + "3");
  }

  @Test
  void the_same_seed_gives_the_same_jitter() {
    ExecutionResult first = withJitter();
    ExecutionResult second = withJitter();
    assertThat(first.duration()).isEqualTo(second.duration()).isPositive();
  }

  private static ExecutionResult withJitter() {
    try (Lab own = Lab.create()) {
      own.fails("a");
      return own.run("nodes: {a: {type: quick, retry: {maxAttempts: 5}}}");
    }
  }

  @Test
  void a_failing_stage_is_tried_again_like_any_failure() {
    lab.on(
        "a",
        context ->
            context.attempt() < 3
                ? lab.later(Duration.ofSeconds(1), null)
                    .thenApply(
                        none -> {
                          throw new IllegalStateException("not yet");
                        })
                : lab.later(Duration.ofSeconds(1), Map.of("ok", true)));
    assertThat(
            lab.run("nodes: {a: {type: quick, retry: {strategy: fixed, delay: 1s, jitter: none}}}"))
        .isCompleted()
        .node("a")
        .ranTimes(3)
        .took(Duration.ofSeconds(5));
  }
}
