package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starting, holding, ending and looking at executions. */
class LifeCycleTest {
  private static final String WAIT = "nodes: {w: {type: wait, config: {duration: 1h}}}";

  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  // ---- start

  @Test
  void the_same_start_under_one_id_gives_the_same_execution() {
    Flow flow = Lab.flow(WAIT);
    StartOptions options = StartOptions.DEFAULT.withExecutionId("order-7");
    Execution first = lab.forge.start(flow, Map.of("n", 1), options);
    Execution second = lab.forge.start(flow, Map.of("n", 1), options);
    assertThat(first.created()).isTrue();
    assertThat(second.created()).isFalse();
    assertThat(second.id()).isEqualTo("order-7");
    second.cancel("enough");
    assertThat(first.status()).isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(lab.forge.start(flow, Map.of("n", 1), options).created()).isFalse();
  }

  @Test
  void another_flow_or_other_inputs_under_a_known_id_are_refused() {
    StartOptions options = StartOptions.DEFAULT.withExecutionId("order-7");
    lab.forge.start(Lab.flow(WAIT), Map.of("n", 1), options);
    assertThatThrownBy(() -> lab.forge.start(Lab.flow(WAIT), Map.of("n", 2), options))
        .extracting("code")
        .isEqualTo("FF-START-CONFLICT");
    assertThatThrownBy(
            () -> lab.forge.start(Lab.flow("nodes: {a: {type: quick}}"), Map.of("n", 1), options))
        .extracting("code")
        .isEqualTo("FF-START-CONFLICT");
    assertThat(lab.forge.health().facts()).containsEntry("underWay", 1);
  }

  @Test
  void of_many_that_start_one_id_at_once_exactly_one_creates_it() throws Exception {
    Flow flow = Lab.flow("nodes: {a: {type: quick}, w: {type: wait, config: {duration: 1h}}}");
    for (int round = 0; round < 50; round++) {
      StartOptions options = StartOptions.DEFAULT.withExecutionId("id-" + round);
      List<Execution> all = together(8, () -> lab.forge.start(flow, Map.of(), options));
      assertThat(all).filteredOn(Execution::created).hasSize(1);
    }
    assertThat(lab.ran).hasSize(50);
    assertThat(lab.forge.health().facts()).containsEntry("underWay", 50);
  }

  private static <T> List<T> together(int threads, Callable<T> task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier line = new CyclicBarrier(threads);
      List<Future<T>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            pool.submit(
                () -> {
                  line.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : all) {
        results.add(one.get(20, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void an_invalid_flow_is_refused_with_all_its_problems() {
    assertThatThrownBy(
            () -> lab.start("nodes: {a: {type: nope}, b: {type: quick, dependsOn: [gone]}}"))
        .isInstanceOfSatisfying(
            io.flowforge.InvalidFlowException.class,
            refused -> assertThat(refused.problems()).hasSizeGreaterThanOrEqualTo(2));
  }

  // ---- cancel

  @Test
  void cancel_ends_a_waiting_execution_and_tells_its_reason() {
    Execution execution = lab.start(WAIT);
    assertThat(execution.cancel("no longer wanted")).isTrue();
    ExecutionResult result = execution.await(Lab.REAL);
    assertThat(result).isCancelled().node("w").isCancelled();
    assertThat(result.error().orElseThrow().code()).isEqualTo("FF-CANCELLED");
    assertThat(result.error().orElseThrow().message()).contains("no longer wanted");
    assertThat(execution.cancel("again")).isFalse();
  }

  @Test
  void cancel_after_the_end_changes_nothing() {
    Execution execution = lab.start("nodes: {a: {type: quick}}");
    assertThat(execution.cancel("late")).isFalse();
    assertThat(execution).isCompleted();
  }

  @Test
  void a_node_may_cancel_its_own_execution() {
    lab.on(
        "a",
        context -> lab.forge.execution(context.executionId()).orElseThrow().cancel("by itself"));
    Execution execution =
        lab.start(
            "nodes: {a: {type: quick}, b: {type: wait, config: {duration: 1s}, dependsOn: [a]}}");
    assertThat(execution.await(Lab.REAL)).isCancelled().node("a").hasOutput(true);
  }

  @Test
  void h05_when_cancel_meets_the_end_exactly_one_wins_and_the_answer_is_true() throws Exception {
    Flow flow = Lab.flow("nodes: {a: {type: quick}}");
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      int cancelled = 0;
      for (int round = 0; round < 2_000; round++) {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        lab.on("a", context -> stage);
        Execution execution = lab.forge.start(flow, Map.of());
        CyclicBarrier line = new CyclicBarrier(3);
        Future<Boolean> one = pool.submit(() -> pass(line, () -> execution.cancel("one")));
        Future<Boolean> two = pool.submit(() -> pass(line, () -> execution.cancel("two")));
        pool.submit(() -> pass(line, () -> stage.complete(1)));
        int wins =
            (one.get(20, TimeUnit.SECONDS) ? 1 : 0) + (two.get(20, TimeUnit.SECONDS) ? 1 : 0);
        ExecutionResult result = execution.await(Lab.REAL);
        boolean isCancelled = result.status() == ExecutionStatus.CANCELLED;
        cancelled += wins;
        assertThat(wins).isEqualTo(isCancelled ? 1 : 0);
        assertThat(result.error().isPresent()).isEqualTo(isCancelled);
        assertThat(result.outputs().isEmpty()).isEqualTo(isCancelled);
      }
      assertThat(cancelled).isPositive();
    } finally {
      pool.shutdownNow();
    }
    assertThat(lab.forge.health().facts()).containsEntry("underWay", 0);
  }

  private static boolean pass(CyclicBarrier line, Callable<Boolean> then) throws Exception {
    line.await(20, TimeUnit.SECONDS);
    return then.call();
  }

  @Test
  void a_node_that_ignores_its_interrupt_is_left_behind_after_the_grace() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    lab.on("a", context -> stubborn(started, release));
    Execution execution = lab.start("nodes: {a: {type: slow}, b: {type: quick, dependsOn: [a]}}");
    awaitQuietly(started);
    execution.cancel("enough");
    assertThat(execution.status().isFinal()).isFalse();
    lab.time.advance(Duration.ofSeconds(31));
    assertThat(execution.await(Lab.REAL))
        .isCancelled()
        .node("a")
        .isCancelled()
        .node("b")
        .isSkipped();
    release.countDown();
    lab.time.settle();
    assertThat(lab.forge.health().facts()).containsEntry("resultsDiscarded", 1L);
    assertThat(execution).isCancelled().node("a").isCancelled();
  }

  @Test
  void a_stubborn_node_inside_a_loop_is_left_behind_too() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    lab.on("a", context -> stubborn(started, release));
    Execution execution =
        lab.start(
            "nodes: {each: {type: loop, config: {times: 2, body: {nodes: {a: {type: slow}}}}}}");
    awaitQuietly(started);
    execution.cancel("enough");
    lab.time.advance(Duration.ofSeconds(31));
    assertThat(execution.await(Lab.REAL)).isCancelled().node("each[0]/a").isCancelled();
    release.countDown();
  }

  private static Object stubborn(CountDownLatch started, CountDownLatch release) {
    started.countDown();
    while (true) {
      try {
        release.await();
        return "late";
      } catch (InterruptedException ignored) {
        // This node has no manners; that is the test.
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- pause

  @Test
  void a_paused_execution_lets_running_nodes_finish_and_starts_no_new_ones() {
    lab.takes("a", Duration.ofSeconds(1), 1);
    Execution execution = lab.start("nodes: {a: {type: quick}, b: {type: quick, dependsOn: [a]}}");
    assertThat(execution.pause()).isTrue();
    assertThat(execution.pause()).isTrue();
    lab.time.advance(Duration.ofSeconds(5));
    assertThat(execution)
        .hasStatus(ExecutionStatus.PAUSED)
        .node("a")
        .isCompleted()
        .node("b")
        .hasStatus(NodeStatus.PENDING);
    assertThat(execution.resume()).isTrue();
    assertThat(execution).isCompleted();
    assertThat(execution.resume()).isFalse();
    assertThat(execution.pause()).isFalse();
  }

  @Test
  void resume_without_pause_is_false() {
    assertThat(lab.start(WAIT).resume()).isFalse();
  }

  @Test
  void a_wait_that_ends_during_a_pause_leads_on_only_after_it() {
    Execution execution =
        lab.start(
            "nodes: {w: {type: wait, config: {duration: 1s}}, b: {type: quick, dependsOn: [w]}}");
    execution.pause();
    lab.time.advance(Duration.ofSeconds(5));
    assertThat(execution).node("w").isCompleted();
    assertThat(lab.ran).isEmpty();
    execution.resume();
    assertThat(execution).isCompleted();
  }

  @Test
  void a_paused_execution_can_be_cancelled_answered_and_signalled() {
    Execution execution =
        lab.start(
            "nodes: {ask: {type: user-input}, e: {type: wait-for-event, config: {event: go}}}");
    execution.pause();
    execution.answer("ask", 1);
    execution.signal("go", 2);
    assertThat(execution).node("ask").isCompleted().node("e").isCompleted();
    execution.resume();
    assertThat(execution).isCompleted();
    Execution other = lab.start(WAIT);
    other.pause();
    other.cancel("enough");
    assertThat(other.await(Lab.REAL)).isCancelled();
  }

  // ---- waiting for the end

  @Test
  void await_gives_up_in_time_and_the_execution_goes_on() {
    Execution execution = lab.start(WAIT);
    assertThatThrownBy(() -> execution.await(Duration.ofMillis(1)))
        .extracting("code")
        .isEqualTo("FF-AWAIT-TIMEOUT");
    assertThat(execution).isWaiting();
  }

  @Test
  void an_interrupted_await_restores_the_flag() {
    Execution execution = lab.start(WAIT);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> execution.await(Lab.REAL))
        .extracting("code")
        .isEqualTo("FF-INTERRUPTED");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void an_interrupted_caller_still_starts_and_keeps_its_flag() {
    Thread.currentThread().interrupt();
    Execution execution = lab.start("nodes: {a: {type: quick}}");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(execution).isCompleted();
  }

  @Test
  void a_node_must_not_wait_for_its_own_execution() {
    lab.on(
        "a",
        context ->
            lab.forge.execution(context.executionId()).orElseThrow().await(Duration.ofDays(1)));
    assertThat(lab.start("nodes: {a: {type: quick}}").await(Lab.REAL)).failedWith("FF-AWAIT-SELF");
  }

  @Test
  void the_result_completes_for_those_who_ask_before_and_after_the_end() {
    Execution execution = lab.start(WAIT);
    CompletableFuture<ExecutionResult> before = execution.result().toCompletableFuture();
    assertThat(before).isNotDone();
    lab.finish(execution);
    assertThat(before)
        .isCompletedWithValueMatching(result -> result.status() == ExecutionStatus.COMPLETED);
    assertThat(execution.result().toCompletableFuture()).isCompleted();
  }

  @Test
  void nobody_can_complete_the_result_from_outside() {
    Execution execution = lab.start(WAIT);
    execution.result().toCompletableFuture().cancel(true);
    assertThat(lab.finish(execution)).isCompleted();
  }

  @Test
  void a_dependent_of_the_result_that_throws_harms_nobody() {
    Execution execution = lab.start(WAIT);
    execution
        .result()
        .thenAccept(
            result -> {
              throw new IllegalStateException("dependent is broken");
            });
    assertThat(lab.finish(execution)).isCompleted();
    assertThat(lab.forge.health().facts()).containsEntry("underWay", 0);
  }

  // ---- looking

  @Test
  void snapshot_and_explain_work_at_every_stage_and_from_inside() {
    AtomicReference<NodeStatus> inside = new AtomicReference<>();
    lab.on(
        "b",
        context -> {
          Execution self = lab.forge.execution(context.executionId()).orElseThrow();
          inside.set(self.snapshot().node("b").orElseThrow().status());
          self.explain("b");
          return 1;
        });
    Execution execution =
        lab.start(
            "nodes:",
            "  w: {type: wait, config: {duration: 1h}}",
            "  b: {type: slow, config: {at: '${w.output.until}'}, dependsOn: [w]}");
    assertThat(execution.snapshot().finishedAt()).isNull();
    assertThat(execution.explain("b").story()).anyMatch(line -> line.contains("has not started"));
    assertThat(execution.explain("w").story()).anyMatch(line -> line.contains("waits until"));
    ExecutionResult result = lab.finish(execution);
    assertThat(inside.get()).isEqualTo(NodeStatus.RUNNING);
    assertThat(execution.explain("b").sources())
        .singleElement()
        .satisfies(
            source -> {
              assertThat(source.from()).isEqualTo("w");
              assertThat(source.pointer()).isEqualTo("/at");
              assertThat(source.via()).containsExactly("w", "b");
              assertThat(source.value()).isEqualTo("2026-01-01T01:00:00.000000Z");
            });
    assertThat(result.snapshot().seq()).isPositive();
    assertThatThrownBy(() -> execution.explain("nope"))
        .extracting("code")
        .isEqualTo("FF-NODE-UNKNOWN");
  }

  @Test
  void status_tells_running_from_waiting() {
    CountDownLatch release = new CountDownLatch(1);
    lab.on(
        "a",
        context -> {
          release.await();
          return 1;
        });
    Execution execution =
        lab.start(
            "nodes: {a: {type: slow}, w: {type: wait, config: {duration: 1h}, dependsOn: [a]}}");
    assertThat(execution).hasStatus(ExecutionStatus.RUNNING);
    release.countDown();
    lab.time.settle();
    assertThat(execution).hasStatus(ExecutionStatus.WAITING);
  }

  @Test
  void ended_executions_stay_known_for_a_while() {
    try (Lab own = Lab.with(builder -> builder.keepEnded(2))) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ids.add(own.start("nodes: {a: {type: quick}}").id());
      }
      assertThat(own.forge.execution(ids.get(0))).isEmpty();
      assertThat(own.forge.execution(ids.get(2))).isPresent();
    }
  }

  // ---- too much at once

  @Test
  void past_max_pending_a_start_without_patience_is_refused() {
    try (Lab own = Lab.with(builder -> builder.maxPending(1))) {
      Execution first = own.start(WAIT);
      assertThatThrownBy(
              () ->
                  own.forge.start(
                      Lab.flow(WAIT), Map.of(), StartOptions.DEFAULT.withPatience(Duration.ZERO)))
          .isInstanceOfSatisfying(
              FlowForgeException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo("FF-OVERLOADED");
                assertThat(refused.retryable()).isTrue();
              });
      first.cancel("enough");
      assertThat(own.start(WAIT)).isWaiting();
    }
  }

  @Test
  void with_patience_a_start_waits_for_room() throws Exception {
    try (Lab own = Lab.with(builder -> builder.maxPending(1))) {
      Execution first = own.start(WAIT);
      CompletableFuture<Execution> second = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () ->
                  second.complete(
                      own.forge.start(
                          Lab.flow("nodes: {a: {type: quick}}"),
                          Map.of(),
                          StartOptions.DEFAULT.withPatience(Lab.REAL))));
      caller.start();
      while (caller.getState() != Thread.State.TIMED_WAITING && !second.isDone()) {
        Thread.onSpinWait();
      }
      assertThat(second).isNotDone();
      first.cancel("enough");
      assertThat(second.get(20, TimeUnit.SECONDS)).isCompleted();
    }
  }

  @Test
  void start_all_runs_so_many_at_once_and_keeps_the_order() {
    lab.on("a", context -> lab.later(Duration.ofSeconds(1), context.inputs().get("n")));
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      inputs.add(Map.of("n", i));
    }
    CompletableFuture<List<ExecutionResult>> all =
        lab.forge.startAll(Lab.flow("nodes: {a: {type: quick}}"), inputs, 3).toCompletableFuture();
    assertThat(lab.forge.health().facts()).containsEntry("underWay", 3);
    lab.time.advance(Duration.ofSeconds(4));
    assertThat(all.join())
        .extracting(result -> result.outputs().get("a"))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void start_all_with_as_many_as_the_engine_holds_waits_for_nothing() {
    try (Lab own = Lab.with(builder -> builder.maxPending(2))) {
      List<Map<String, Object>> inputs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        inputs.add(Map.of("n", i));
      }
      CompletableFuture<List<ExecutionResult>> all =
          own.forge
              .startAll(Lab.flow("nodes: {w: {type: wait, config: {duration: 1s}}}"), inputs, 2)
              .toCompletableFuture();
      own.time.advance(Duration.ofSeconds(10));
      assertThat(all).isCompleted();
    }
  }

  @Test
  void start_all_of_thousands_that_end_at_once_does_not_recurse() {
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      inputs.add(Map.of());
    }
    assertThat(
            lab.forge
                .startAll(Lab.flow("nodes: {a: {type: echo}}"), inputs, 1)
                .toCompletableFuture()
                .join())
        .hasSize(20_000);
  }

  // ---- close

  @Test
  void a_closed_engine_takes_no_work_and_says_so() {
    Execution left = lab.start(WAIT);
    assertThat(lab.forge.close(Duration.ofMillis(1)).unfinished()).containsExactly(left.id());
    assertThat(lab.forge.close(Duration.ofMillis(1)).unfinished()).containsExactly(left.id());
    assertThatThrownBy(() -> lab.start(WAIT)).extracting("code").isEqualTo("FF-CLOSED");
    assertThat(lab.forge.health().state()).isEqualTo(io.flowforge.Health.State.DOWN);
  }

  @Test
  void close_lets_running_nodes_finish() {
    CountDownLatch started = new CountDownLatch(1);
    try (FlowForge forge =
        real(
            context -> {
              started.countDown();
              TimeUnit.MILLISECONDS.sleep(50);
              return "done";
            })) {
      Execution execution = forge.start(Lab.flow("nodes: {a: {type: slow}}"), Map.of());
      awaitQuietly(started);
      assertThat(forge.close(Lab.REAL)).isEqualTo(new io.flowforge.Shutdown(List.of(), List.of()));
      assertThat(execution).isCompleted();
    }
  }

  @Test
  void close_interrupts_what_does_not_finish_and_names_it() {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<String> end = new CompletableFuture<>();
    FlowForge forge =
        real(
            context -> {
              started.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException interrupted) {
                end.complete("interrupted");
                throw interrupted;
              }
              return null;
            });
    Execution execution = forge.start(Lab.flow("nodes: {a: {type: slow}}"), Map.of());
    awaitQuietly(started);
    assertThat(forge.close(Duration.ofMillis(10)).interrupted())
        .containsExactly(execution.id() + "/a");
    assertThat(end.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo("interrupted");
  }

  @Test
  void close_leaves_no_thread_behind() throws InterruptedException {
    List<String> before = threads();
    FlowForge forge = real(context -> 1);
    forge.events().subscribe(event -> {});
    Flow flow =
        Lab.flow(
            "nodes: {a: {type: slow}, w: {type: wait, config: {duration: 1ms}, dependsOn: [a]}}");
    for (int i = 0; i < 20; i++) {
      assertThat(forge.start(flow, Map.of()).await(Lab.REAL)).isCompleted();
    }
    forge.close(Lab.REAL);
    // A pool counts as ended a moment before its last thread does.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("flowforge-") && !before.contains(thread.getName())) {
        thread.join(TimeUnit.SECONDS.toMillis(5));
      }
    }
    assertThat(threads()).isSubsetOf(before);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("flowforge") && !name.contains("test"))
        .toList();
  }

  /** An engine with the system's time and its own threads. */
  private static FlowForge real(Script slow) {
    return FlowForge.builder()
        .discoverPlugins(false)
        .action(ScriptedAction.slow(Map.of("a", slow), new ArrayList<>()))
        .build();
  }

  @Test
  void two_engines_in_one_jvm_do_not_know_each_other() {
    try (Lab other = Lab.create()) {
      Execution mine = lab.start("nodes: {e: {type: wait-for-event, config: {event: go}}}");
      assertThat(other.forge.publish("go", null, 1)).isZero();
      assertThat(other.forge.execution(mine.id())).isEmpty();
      other.forge.close(Duration.ZERO);
      assertThat(lab.forge.publish("go", null, 1)).isEqualTo(1);
    }
  }
}
