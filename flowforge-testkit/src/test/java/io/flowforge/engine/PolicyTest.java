package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeStatus;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time-outs, breakers, limits and the cache. */
class PolicyTest {
  private final Lab lab = Lab.with(builder -> builder.concurrencyLimit("quick", 2));
  private final AtomicBoolean down = new AtomicBoolean(true);

  @AfterEach
  void close() {
    lab.close();
  }

  // ---- time-outs

  @Test
  void an_attempt_that_takes_too_long_is_interrupted_and_the_node_fails() {
    CountDownLatch interrupted = new CountDownLatch(1);
    lab.on(
        "a",
        context -> {
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
          return null;
        });
    Execution execution = lab.start("nodes: {a: {type: slow, timeout: 3s}}");
    lab.time.advance(Duration.ofSeconds(3));
    ExecutionResult result = execution.await(Lab.REAL);
    assertThat(result).failedWith("FF-TIMEOUT").node("a").took(Duration.ofSeconds(3));
    assertThat(result.error().orElseThrow().message()).contains("PT3S");
  }

  @Test
  void every_attempt_has_the_time_out_and_the_node_the_total() {
    lab.takes("a", Duration.ofDays(1), 1);
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  a:",
            "    type: quick",
            "    timeout: {attempt: 3s, total: 10s}",
            "    retry: {strategy: fixed, delay: 1s, jitter: none, maxAttempts: 99}");
    // Attempts at 0, 4 and 8; the one at 8 is cut off at 10.
    assertThat(result).failedWith("FF-TIMEOUT").node("a").ranTimes(3).took(Duration.ofSeconds(10));
  }

  @Test
  void a_stage_that_never_completes_is_cancelled_at_its_time_out() {
    CompletableFuture<Object> never = new CompletableFuture<>();
    lab.on("a", context -> never);
    ExecutionResult result = lab.run("nodes: {a: {type: quick, timeout: 5s}}");
    assertThat(result).failedWith("FF-TIMEOUT");
    assertThat(never).isCancelled();
  }

  @Test
  void the_flows_time_out_ends_everything() {
    lab.takes("a", Duration.ofDays(1), 1);
    ExecutionResult result =
        lab.run(
            "settings: {timeout: 1h}",
            "nodes: {a: {type: quick}, w: {type: wait, config: {duration: 7d}}}");
    assertThat(result).failedWith("FF-TIMEOUT").node("a").isCancelled().node("w").isCancelled();
    assertThat(result.duration()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void the_flows_time_out_ends_a_paused_execution_too() {
    lab.takes("a", Duration.ofMinutes(1), 1);
    Execution execution =
        lab.start(
            "settings: {timeout: 1h}",
            "nodes: {a: {type: quick}, b: {type: quick, dependsOn: [a]}}");
    execution.pause();
    lab.time.advance(Duration.ofHours(2));
    assertThat(execution.await(Lab.REAL)).failedWith("FF-TIMEOUT").node("b").isSkipped();
  }

  @Test
  void a_failure_ends_a_paused_execution_too() {
    lab.on(
        "a",
        context ->
            lab.later(Duration.ofSeconds(1), null).thenApply(none -> Integer.parseInt("none")));
    Execution execution = lab.start("nodes: {a: {type: quick}, b: {type: quick, dependsOn: [a]}}");
    execution.pause();
    lab.time.advance(Duration.ofHours(1));
    assertThat(execution.await(Lab.REAL)).failedWith("FF-ACTION-FAILED");
  }

  @Test
  void a_blocking_action_has_the_engines_time_out_when_its_node_names_none() {
    try (Lab own = Lab.with(builder -> builder.nodeTimeout(Duration.ofSeconds(7)))) {
      own.on(
          "a",
          context -> {
            new CountDownLatch(1).await();
            return null;
          });
      Execution execution = own.start("nodes: {a: {type: slow}}");
      own.time.advance(Duration.ofSeconds(7));
      assertThat(execution.await(Lab.REAL)).failedWith("FF-TIMEOUT");
    }
  }

  // ---- circuit breaker

  private static final String BROKEN_FLOW =
      "nodes: {a: {type: quick, circuitBreaker: {key: api, failureThreshold: 2, openFor: 10s%s}}}";

  private Lab flaky() {
    return lab.on(
        "a",
        context -> {
          if (down.get()) {
            throw ActionException.transientFailure("DOWN", "down");
          }
          return "up";
        });
  }

  private ExecutionResult call(String more) {
    return lab.run(BROKEN_FLOW.formatted(more));
  }

  @Test
  void a_breaker_opens_after_failures_in_a_row_and_refuses_at_once_for_all_runs() {
    flaky();
    assertThat(call("")).failedWith("DOWN");
    assertThat(call("")).failedWith("DOWN");
    assertThat(call("")).failedWith("FF-CIRCUIT-OPEN");
    assertThat(lab.ran).hasSize(2);
    assertThat(lab.run("nodes: {b: {type: quick, circuitBreaker: {key: other}}}")).isCompleted();
  }

  @Test
  void a_success_between_failures_begins_the_count_anew() {
    flaky();
    call("");
    down.set(false);
    call("");
    down.set(true);
    assertThat(call("")).failedWith("DOWN");
    assertThat(call("")).failedWith("DOWN");
    assertThat(call("")).failedWith("FF-CIRCUIT-OPEN");
  }

  @Test
  void after_its_time_a_trial_call_closes_the_breaker_or_opens_it_again() {
    flaky();
    call("");
    call("");
    lab.time.advance(Duration.ofSeconds(10));
    assertThat(call("")).failedWith("DOWN");
    assertThat(call("")).failedWith("FF-CIRCUIT-OPEN");
    lab.time.advance(Duration.ofSeconds(10));
    down.set(false);
    assertThat(call("")).isCompleted();
    down.set(true);
    assertThat(call("")).failedWith("DOWN");
  }

  @Test
  void only_so_many_trial_calls_are_let_through() {
    flaky();
    call("");
    call("");
    lab.time.advance(Duration.ofSeconds(10));
    lab.takes("a", Duration.ofSeconds(1), "up");
    Execution trial = lab.start(BROKEN_FLOW.formatted(""));
    assertThat(lab.start(BROKEN_FLOW.formatted(""))).failedWith("FF-CIRCUIT-OPEN");
    assertThat(lab.finish(trial)).isCompleted();
    assertThat(call("")).isCompleted();
  }

  @Test
  void a_breaker_may_park_the_node_until_it_lets_through() {
    flaky();
    call("");
    call("");
    Execution parked = lab.start(BROKEN_FLOW.formatted(", whenOpen: park"));
    assertThat(parked).isWaiting().node("a").isWaiting().ranTimes(0);
    assertThat(parked.snapshot().node("a").orElseThrow().reason()).contains("api");
    down.set(false);
    assertThat(lab.finish(parked)).isCompleted();
    assertThat(parked.await(Lab.REAL).duration()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void stopped_calls_do_not_count_as_failures_of_the_other_side() {
    lab.takes("a", Duration.ofDays(1), 1);
    for (int i = 0; i < 3; i++) {
      lab.start(BROKEN_FLOW.formatted("")).cancel("enough");
    }
    lab.on("a", context -> "up");
    assertThat(call("")).isCompleted();
  }

  @Test
  void a_stopped_trial_call_leaves_room_for_another() {
    flaky();
    call("");
    call("");
    lab.time.advance(Duration.ofSeconds(10));
    lab.takes("a", Duration.ofDays(1), 1);
    lab.start(BROKEN_FLOW.formatted("")).cancel("enough");
    lab.on("a", context -> "up");
    assertThat(call("")).isCompleted();
  }

  // ---- rate and concurrency

  @Test
  void a_rate_limit_spreads_starts_over_time_and_all_runs_share_it() {
    List<Duration> at = new ArrayList<>();
    lab.on(
        "a",
        context -> {
          at.add(Duration.between(io.flowforge.testkit.ManualTime.START, lab.time.now()));
          return 1;
        });
    List<Execution> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(lab.start("nodes: {a: {type: quick, rateLimit: {permits: 2, per: 10s}}}"));
    }
    assertThat(all.get(4)).isWaiting();
    all.forEach(lab::finish);
    assertThat(at)
        .containsExactly(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20));
  }

  @Test
  void nodes_of_a_limited_type_wait_for_each_other_across_executions() {
    AtomicInteger most = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    lab.on(
        "a",
        context -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          return lab.later(Duration.ofSeconds(1), 1)
              .whenComplete((value, failure) -> running.decrementAndGet());
        });
    List<Execution> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(lab.start("nodes: {a: {type: quick}}"));
    }
    assertThat(all.get(5)).node("a").isWaiting();
    all.forEach(execution -> assertThat(lab.finish(execution)).isCompleted());
    assertThat(most).hasValue(2);
    assertThat(all.get(5).await(Lab.REAL).duration()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void a_cancelled_node_in_the_line_of_its_type_does_not_hold_up_those_behind_it() {
    lab.takes("a", Duration.ofSeconds(1), 1);
    List<Execution> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(lab.start("nodes: {a: {type: quick}}"));
    }
    all.get(2).cancel("enough");
    all.get(3).cancel("enough");
    assertThat(lab.finish(all.get(4))).isCompleted();
  }

  @Test
  void a_paused_execution_in_the_line_of_its_type_does_not_hold_up_those_behind_it() {
    lab.takes("a", Duration.ofSeconds(1), 1);
    List<Execution> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(lab.start("nodes: {a: {type: quick}}"));
    }
    all.get(2).pause();
    assertThat(lab.finish(all.get(3))).isCompleted();
    all.get(2).resume();
    assertThat(lab.finish(all.get(2))).isCompleted();
  }

  // ---- concurrency of a flow

  private Execution startLimited(String overlap, Map<String, Object> inputs) {
    lab.takes("a", Duration.ofSeconds(10), 1);
    return lab.forge.start(
        Lab.flow(
            "settings: {concurrency: {key: '${inputs.k}', limit: 1, overlap: " + overlap + "}}",
            "nodes: {a: {type: quick}}"),
        inputs);
  }

  @Test
  void queued_executions_begin_in_the_order_they_came_and_keys_do_not_mix() {
    Execution first = startLimited("queue", Map.of("k", 1));
    Execution second = startLimited("queue", Map.of("k", 1));
    Execution other = startLimited("queue", Map.of("k", 2));
    assertThat(first).node("a").hasStatus(NodeStatus.RUNNING);
    assertThat(second).hasStatus(ExecutionStatus.PENDING).node("a").hasStatus(NodeStatus.PENDING);
    assertThat(other).node("a").hasStatus(NodeStatus.RUNNING);
    assertThat(lab.forge.health().facts()).containsEntry("queued", 1);
    assertThat(lab.finish(second)).isCompleted().node("a").took(Duration.ofSeconds(10));
    assertThat(second.await(Lab.REAL).duration()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void a_queued_execution_that_is_cancelled_never_begins() {
    Execution first = startLimited("queue", Map.of("k", 1));
    Execution second = startLimited("queue", Map.of("k", 1));
    Execution third = startLimited("queue", Map.of("k", 1));
    assertThat(second.cancel("enough")).isTrue();
    assertThat(second.await(Lab.REAL)).isCancelled().node("a").isSkipped();
    assertThat(lab.finish(third)).isCompleted();
    assertThat(first).isCompleted();
    assertThat(lab.ran).hasSize(2);
  }

  @Test
  void a_queued_execution_can_be_paused_and_goes_on_later() {
    Execution first = startLimited("queue", Map.of("k", 1));
    Execution second = startLimited("queue", Map.of("k", 1));
    second.pause();
    lab.finish(first);
    assertThat(second).hasStatus(ExecutionStatus.PAUSED);
    second.resume();
    assertThat(lab.finish(second)).isCompleted();
  }

  @Test
  void skip_ends_the_newcomer_at_once() {
    Execution first = startLimited("skip", Map.of("k", 1));
    Execution second = startLimited("skip", Map.of("k", 1));
    assertThat(second).isCancelled();
    assertThat(second.await(Lab.REAL).error().orElseThrow().code()).isEqualTo("FF-OVERLAP");
    assertThat(lab.finish(first)).isCompleted();
  }

  @Test
  void cancel_previous_lets_the_newest_win() {
    Execution first = startLimited("cancel-previous", Map.of("k", 1));
    Execution second = startLimited("cancel-previous", Map.of("k", 1));
    assertThat(first.await(Lab.REAL)).isCancelled();
    Execution third = startLimited("cancel-previous", Map.of("k", 1));
    assertThat(second.await(Lab.REAL)).isCancelled();
    assertThat(lab.finish(third)).isCompleted();
  }

  @Test
  void a_limit_whose_key_cannot_be_resolved_fails_the_execution_and_blocks_nobody() {
    Execution broken =
        lab.start(
            "settings: {concurrency: {key: '${1 / inputs.zero}', limit: 1}}",
            "nodes: {a: {type: quick}}");
    assertThat(broken).hasStatus(ExecutionStatus.FAILED);
    assertThat(lab.forge.health().facts()).containsEntry("underWay", 0);
  }

  @Test
  void thousands_in_line_begin_one_after_the_other_without_recursion() {
    io.flowforge.flow.Flow flow =
        Lab.flow(
            "settings: {concurrency: {limit: 1}}",
            "nodes: {w: {type: wait, config: {duration: 1s}}, e: {type: echo}}");
    io.flowforge.flow.Flow quick = flow.toBuilder().build();
    Execution first = lab.forge.start(quick, Map.of());
    Execution last = first;
    for (int i = 0; i < 5_000; i++) {
      last = lab.forge.start(quick, Map.of("i", i));
    }
    first.cancel("enough");
    for (Execution one : lab.forge.executions()) {
      if (one != last) {
        one.cancel("enough");
      }
    }
    assertThat(lab.finish(last)).isCompleted();
  }

  // ---- cache

  @Test
  void a_result_is_taken_from_the_cache_until_its_time_is_over() {
    AtomicInteger calls = new AtomicInteger();
    lab.on("a", context -> Output.on("left", calls.incrementAndGet()));
    String[] flow = {
      "nodes: {a: {type: quick, config: {q: '${inputs.q}'}, cache: {ttl: 1m}}, l: {type: echo}}",
      "edges: [{from: a, to: l, port: left}]"
    };
    assertThat(lab.run(Lab.flow(flow), Map.of("q", 1))).hasOutput("l", 1);
    ExecutionResult cached = lab.run(Lab.flow(flow), Map.of("q", 1));
    assertThat(cached).hasOutput("l", 1).node("a").leftThrough("left").ranTimes(0);
    assertThat(Lab.node(cached, "a").reason()).contains("cache");
    assertThat(lab.run(Lab.flow(flow), Map.of("q", 2))).hasOutput("l", 2);
    lab.time.advance(Duration.ofMinutes(2));
    assertThat(lab.run(Lab.flow(flow), Map.of("q", 1))).hasOutput("l", 3);
  }

  @Test
  void a_key_of_ones_own_decides_what_is_the_same() {
    AtomicInteger calls = new AtomicInteger();
    lab.on("a", context -> calls.incrementAndGet());
    String flow =
        "nodes: {a: {type: quick, config: {q: '${inputs.q}'}, cache: {key: '${inputs.k}', ttl: 1m}}}";
    assertThat(lab.run(Lab.flow(flow), Map.of("q", 1, "k", "x"))).hasOutput("a", 1);
    assertThat(lab.run(Lab.flow(flow), Map.of("q", 2, "k", "x"))).hasOutput("a", 1);
    assertThat(lab.run(Lab.flow(flow), Map.of("q", 2, "k", "y"))).hasOutput("a", 2);
  }

  @Test
  void configs_that_only_look_the_same_are_kept_apart() {
    AtomicInteger calls = new AtomicInteger();
    lab.on("a", context -> calls.incrementAndGet());
    String flow = "nodes: {a: {type: quick, config: {q: '${inputs.q}'}, cache: {ttl: 1m}}}";
    assertThat(lab.run(Lab.flow(flow), Map.of("q", Map.of("a", "1, b=2")))).hasOutput("a", 1);
    Map<String, Object> two = new java.util.LinkedHashMap<>();
    two.put("a", "1");
    two.put("b", "2");
    assertThat(lab.run(Lab.flow(flow), Map.of("q", two))).hasOutput("a", 2);
    assertThat(lab.run(Lab.flow(flow), Map.of("q", 1))).hasOutput("a", 3);
    assertThat(lab.run(Lab.flow(flow), Map.of("q", "1"))).hasOutput("a", 4);
  }

  @Test
  void failures_and_fallbacks_are_not_cached() {
    flaky();
    String flow = "nodes: {a: {type: quick, onError: continue, fallback: none, cache: {ttl: 1m}}}";
    assertThat(lab.run(flow)).hasOutput("a", "none");
    down.set(false);
    assertThat(lab.run(flow)).hasOutput("a", "up");
  }
}
