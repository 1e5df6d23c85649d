package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many nodes of an execution run at once. */
class ParallelismTest {
  private final Lab lab = Lab.create();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @AfterEach
  void close() {
    lab.close();
  }

  private @Nullable Object counted() {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    CompletableFuture<@Nullable Object> stage = lab.later(Duration.ofSeconds(1), 1);
    return stage.whenComplete((value, failure) -> running.decrementAndGet());
  }

  @Test
  void no_more_nodes_run_at_once_than_max_parallelism_says() {
    Flow.Builder flow = Flow.builder("wide").settings(Settings.DEFAULT.withMaxParallelism(3));
    for (int i = 0; i < 10; i++) {
      flow.node("n" + i, "quick");
      lab.on("n" + i, context -> counted());
    }
    ExecutionResult result = lab.run(flow.build(), Map.of());
    assertThat(result).isCompleted();
    assertThat(most).hasValue(3);
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void nodes_of_bodies_count_and_loops_themselves_take_no_place() {
    lab.on("work", context -> counted()).on("other", context -> counted());
    ExecutionResult result =
        lab.run(
            "settings: {maxParallelism: 2}",
            "nodes:",
            "  each:",
            "    type: loop",
            "    config: {times: 5, concurrency: 5, body: {nodes: {work: {type: quick}}}}",
            "  other: {type: quick}");
    assertThat(result).isCompleted();
    assertThat(most).hasValue(2);
  }

  @Test
  void waiting_nodes_take_no_place() {
    ExecutionResult result =
        lab.run(
            "settings: {maxParallelism: 1}",
            "nodes:",
            "  w1: {type: wait, config: {duration: 10s}}",
            "  w2: {type: wait, config: {duration: 10s}}",
            "  a: {type: quick}");
    assertThat(result).isCompleted().node("a").took(Duration.ZERO);
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void a_node_that_waits_for_its_next_attempt_takes_no_place() {
    lab.failsTimes("a", 1);
    ExecutionResult result =
        lab.run(
            "settings: {maxParallelism: 1}",
            "nodes:",
            "  a: {type: quick, retry: {strategy: fixed, delay: 10s, jitter: none}}",
            "  b: {type: quick}");
    assertThat(result).isCompleted();
    assertThat(lab.ran).containsExactly("a", "b", "a");
  }

  @Test
  void thousands_of_held_nodes_are_let_in_by_a_loop_and_not_by_recursion() {
    lab.takes("first", Duration.ofSeconds(1), 1);
    Flow.Builder flow = Flow.builder("wide").settings(Settings.DEFAULT.withMaxParallelism(1));
    flow.node("first", "quick");
    for (int i = 0; i < 20_000; i++) {
      flow.node("n" + i, "echo");
    }
    assertThat(lab.run(flow.build(), Map.of())).isCompleted();
  }

  @Test
  void a_paused_execution_lets_no_held_node_in() {
    lab.takes("a", Duration.ofSeconds(1), 1);
    Execution execution =
        lab.start("settings: {maxParallelism: 1}", "nodes: {a: {type: quick}, b: {type: quick}}");
    execution.pause();
    lab.time.advance(Duration.ofSeconds(5));
    assertThat(lab.ran).containsExactly("a");
    execution.resume();
    assertThat(lab.finish(execution)).isCompleted();
  }

  @Test
  void held_nodes_are_skipped_when_the_execution_ends() {
    lab.takes("a", Duration.ofSeconds(1), 1);
    Execution execution =
        lab.start("settings: {maxParallelism: 1}", "nodes: {a: {type: quick}, b: {type: quick}}");
    assertThat(execution).node("b").hasStatus(io.flowforge.execution.NodeStatus.PENDING);
    assertThat(execution.snapshot().node("b").orElseThrow().reason()).contains("maxParallelism");
    execution.cancel("enough");
    assertThat(execution.await(Lab.REAL)).isCancelled().node("b").isSkipped();
  }
}
