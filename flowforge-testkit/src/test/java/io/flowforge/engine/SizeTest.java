package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Flows as large as documents may be: nothing in the engine recurses along a graph. */
class SizeTest {
  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  private static Flow chain(int length) {
    Flow.Builder flow = Flow.builder("chain");
    for (int i = 0; i < length; i++) {
      flow.node("n" + i, "echo");
      if (i > 0) {
        flow.edge("n" + (i - 1), "n" + i);
      }
    }
    return flow.build();
  }

  @Test
  void a_chain_of_100_000_nodes_runs_to_its_end() {
    ExecutionResult result = lab.run(chain(100_000), Map.of("x", 1));
    assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(result.outputs()).containsEntry("n99999", Map.of("x", 1));
  }

  @Test
  void a_dead_path_of_99_999_nodes_dies_to_its_end() {
    Flow flow =
        chain(99_999).toBuilder()
            .node("start", "quick")
            .edge(Edge.of("start", "n0").onPort("left"))
            .build();
    ExecutionResult result = lab.run(flow, Map.of());
    assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(result.snapshot().nodes())
        .filteredOn(node -> node.status() == NodeStatus.SKIPPED)
        .hasSize(99_999);
  }

  @Test
  void a_fan_out_of_10_000_and_its_join_run() {
    Flow.Builder flow = Flow.builder("fan").node("root", "echo").node("join", "quick");
    for (int i = 0; i < 10_000; i++) {
      flow.node("n" + i, "echo").edge("root", "n" + i).edge("n" + i, "join");
    }
    lab.on(
        "join", context -> ((Map<?, ?>) java.util.Objects.requireNonNull(context.input())).size());
    assertThat(lab.run(flow.build(), Map.of("x", 1)).outputs()).isEqualTo(Map.of("join", 10_000));
  }

  @Test
  void cancelling_10_000_waits_of_one_execution_ends_them_all() {
    Flow.Builder flow = Flow.builder("waits");
    for (int i = 0; i < 10_000; i++) {
      flow.node("n" + i, "wait", node -> node.config("duration", "1h"));
    }
    Execution execution = lab.forge.start(flow.build(), Map.of());
    execution.cancel("enough");
    assertThat(execution.await(Lab.REAL).status()).isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(lab.time.pendingTimers()).isZero();
  }

  @Test
  void thousands_of_executions_wait_at_once_and_hold_no_thread() {
    int before = Thread.activeCount();
    Flow flow =
        Lab.flow(
            "nodes: {w: {type: wait, config: {duration: 100ms}}, e: {type: echo, dependsOn: [w]}}");
    List<Execution> all = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      all.add(lab.forge.start(flow, Map.of()));
    }
    assertThat(Thread.activeCount()).isLessThan(before + 20);
    lab.time.advance(Duration.ofMillis(100));
    assertThat(all).allMatch(execution -> execution.status() == ExecutionStatus.COMPLETED);
  }

  @Test
  void i03_blocked_workers_hold_up_neither_timers_nor_cancellation() {
    try (Lab own = Lab.with(builder -> builder.workers(2))) {
      own.on(
          "stuck",
          context -> {
            new java.util.concurrent.CountDownLatch(1).await();
            return null;
          });
      List<Execution> stuck = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        stuck.add(own.start("nodes: {stuck: {type: slow, timeout: 1h}}"));
      }
      Execution waiting = own.start("nodes: {w: {type: wait, config: {duration: 1s}}}");
      own.time.advance(Duration.ofSeconds(1));
      assertThat(waiting).isCompleted();
      stuck.get(0).cancel("enough");
      stuck.get(3).cancel("enough");
      assertThat(stuck.get(0).await(Lab.REAL)).isCancelled();
      own.time.advance(Duration.ofHours(1));
      assertThat(stuck.get(1).await(Lab.REAL)).failedWith("FF-TIMEOUT");
    }
  }

  @Test
  void i04_wide_blocking_fan_outs_use_no_more_threads_than_workers() {
    AtomicInteger most = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    try (Lab own = Lab.with(builder -> builder.workers(8))) {
      Flow.Builder flow = Flow.builder("wide");
      for (int i = 0; i < 300; i++) {
        flow.node("n" + i, "slow");
        own.on(
            "n" + i,
            context -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              return running.decrementAndGet();
            });
      }
      List<Execution> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        all.add(own.forge.start(flow.build(), Map.of()));
      }
      all.forEach(
          execution ->
              assertThat(execution.await(Lab.REAL).status()).isEqualTo(ExecutionStatus.COMPLETED));
    }
    assertThat(most.get()).isBetween(1, 8);
  }
}
