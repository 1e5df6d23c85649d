package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Secret;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Output;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults row I08: actions that return or throw what they should not. */
class BadActionsTest {
  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  static Stream<Arguments> returned() {
    Map<String, Object> cycle = new HashMap<>();
    cycle.put("self", cycle);
    List<Object> deep = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      deep = new ArrayList<>(List.of(deep));
    }
    return Stream.of(
        Arguments.of("a cyclic map", cycle, "FF-VALUE"),
        Arguments.of("a list nested 100,000 deep", deep, "FF-VALUE"),
        Arguments.of("NaN", Double.NaN, "FF-VALUE"),
        Arguments.of(
            "infinity deep inside", Map.of("a", List.of(Float.POSITIVE_INFINITY)), "FF-VALUE"),
        Arguments.of("a secret", Map.of("a", Secret.of("canary")), "FF-VALUE-SECRET"),
        Arguments.of("a text of 2 MiB", "x".repeat(2 << 20), "FF-VALUE-SIZE"),
        Arguments.of("a map that throws", new ThrowingMap(), "FF-VALUE"),
        Arguments.of("an unknown port", Output.on("nowhere", 1), "FF-ACTION-PORT"),
        Arguments.of("the error port", Output.on("error", 1), "FF-ACTION-PORT"));
  }

  /** A map nobody can look into. */
  private static final class ThrowingMap extends AbstractMap<String, Object> {
    @Override
    public Set<Entry<String, Object>> entrySet() {
      throw new IllegalStateException("no entries today");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("returned")
  void i08_what_has_no_plain_form_fails_the_node(String name, Object value, String code) {
    for (String type : List.of("quick", "slow")) {
      lab.on("a", context -> value);
      ExecutionResult result = lab.run("nodes: {a: {type: " + type + ", retry: {}}}");
      assertThat(result).hasStatus(ExecutionStatus.FAILED).node("a").ranTimes(1);
      assertThat(result.error().orElseThrow().code()).as(name).startsWith(code);
    }
    assertThat(lab.run("nodes: {ok: {type: slow}}")).isCompleted();
  }

  @Test
  void i08_an_action_that_returns_itself_or_its_context_ends_one_way_or_the_other() {
    lab.on("a", context -> context)
        .on("b", context -> this)
        .on("c", context -> Thread.currentThread());
    for (String id : List.of("a", "b", "c")) {
      assertThat(lab.run("nodes: {" + id + ": {type: slow}}").status().isFinal()).isTrue();
    }
    assertThat(lab.run("nodes: {ok: {type: slow}}")).isCompleted();
  }

  @Test
  void i08_null_is_a_value() {
    lab.on("a", context -> null).on("b", context -> CompletableFuture.completedFuture(null));
    assertThat(lab.run("nodes: {a: {type: quick}, b: {type: slow}}"))
        .isCompleted()
        .node("a")
        .hasOutput(null)
        .node("b")
        .hasOutput(null);
  }

  @Test
  void results_are_copies_that_nobody_can_change_later() {
    List<Object> mine = new ArrayList<>(List.of(1));
    lab.on("a", context -> Map.of("list", mine));
    ExecutionResult result = lab.run("nodes: {a: {type: quick}}");
    mine.add(2);
    assertThat(result).node("a").hasOutput(Map.of("list", List.of(1)));
  }

  static Stream<Arguments> thrown() {
    return Stream.of(
        Arguments.of(new StackOverflowError(), "FF-ACTION-STACK"),
        Arguments.of(new OutOfMemoryError("thrown by hand"), "FF-ACTION-MEMORY"),
        Arguments.of(new NoClassDefFoundError("com/example/Gone"), "FF-ACTION-LINKAGE"),
        Arguments.of(new AssertionError("not so"), "FF-ACTION-FAILED"),
        Arguments.of(new Error(), "FF-ACTION-FAILED"),
        Arguments.of(new Throwable("neither nor"), "FF-ACTION-FAILED"),
        Arguments.of(new java.io.IOException("disk"), "FF-ACTION-FAILED"),
        Arguments.of(new InterruptedException(), "FF-INTERRUPTED"),
        Arguments.of(
            new CompletionException(new IllegalStateException("inner")), "FF-ACTION-FAILED"),
        Arguments.of(new CancellationException(), "FF-ACTION-FAILED"),
        Arguments.of(ActionException.permanent("MY-CODE", "mine"), "MY-CODE"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("thrown")
  void i08_whatever_is_thrown_fails_the_node_and_the_thread_survives(
      Throwable thrown, String code) {
    for (String type : List.of("quick", "slow")) {
      lab.on(
          "a",
          context -> {
            throw thrown;
          });
      Execution execution = lab.start("nodes: {a: {type: " + type + "}}");
      // On the caller's thread an interrupt stays the caller's; on the pool's it ends with the
      // node.
      assertThat(Thread.interrupted())
          .isEqualTo(type.equals("quick") && thrown instanceof InterruptedException);
      ExecutionResult result = execution.await(Lab.REAL);
      assertThat(result).failedWith(code);
      assertThat(result.error().orElseThrow().message()).isNotBlank().doesNotContain("Exception");
    }
    assertThat(lab.run("nodes: {ok: {type: slow}, ok2: {type: quick}}")).isCompleted();
  }

  @Test
  void an_endless_recursion_in_an_action_fails_the_node_only() {
    lab.on("a", context -> forever(1));
    assertThat(
            lab.run(
                "nodes: {a: {type: quick, onError: continue}, b: {type: quick, dependsOn: [a]}}"))
        .isCompleted()
        .node("a")
        .hasError("FF-ACTION-STACK");
  }

  private static long forever(long n) {
    return n == Long.MAX_VALUE ? n : forever(n + 1) + 1;
  }

  @Test
  void a_message_is_cut_and_its_control_characters_are_escaped() {
    lab.on(
        "a",
        context -> {
          throw new IllegalStateException("red \u001b[31m \u202e " + "x".repeat(10_000));
        });
    String message = lab.run("nodes: {a: {type: quick}}").error().orElseThrow().message();
    assertThat(message).hasSizeLessThan(600).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void an_exception_whose_message_throws_does_no_harm() {
    lab.on(
        "a",
        context -> {
          throw new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public @Nullable String getMessage() {
              throw new UnsupportedOperationException("not even a message");
            }
          };
        });
    for (String type : List.of("quick", "slow")) {
      assertThat(lab.start("nodes: {a: {type: " + type + "}}").await(Lab.REAL))
          .hasStatus(ExecutionStatus.FAILED);
    }
    assertThat(lab.run("nodes: {ok: {type: slow}}")).isCompleted();
  }

  @Test
  void details_are_plain_values_whatever_the_action_put_there() {
    lab.on(
        "a",
        context -> {
          throw ActionException.permanent("X", "x")
              .withDetails(Map.of("when", Duration.ofSeconds(1), "list", Arrays.asList(1, null)));
        });
    ExecutionError error = lab.run("nodes: {a: {type: quick}}").error().orElseThrow();
    assertThat(io.flowforge.execution.Json.write(error.toValue())).contains("\"when\":\"PT1S\"");
  }

  // ---- stages

  @ParameterizedTest
  @ValueSource(strings = {"quick", "slow"})
  void a_stage_may_complete_on_any_thread_with_any_outcome(String type) throws Exception {
    CompletableFuture<Object> stage = new CompletableFuture<>();
    lab.on("a", context -> stage);
    Execution execution =
        lab.start("nodes: {a: {type: " + type + "}, b: {type: quick, dependsOn: [a]}}");
    Thread foreign = new Thread(() -> stage.complete(Output.on("left", 5)));
    lab.time.settle();
    foreign.start();
    foreign.join();
    assertThat(execution.await(Lab.REAL)).isCompleted().node("a").leftThrough("left").hasOutput(5);
  }

  @Test
  void a_stage_that_fails_or_is_cancelled_fails_the_node() {
    lab.on("a", context -> CompletableFuture.failedFuture(ActionException.permanent("LATE", "no")));
    assertThat(lab.run("nodes: {a: {type: quick}}")).failedWith("LATE");
    CompletableFuture<Object> cancelled = new CompletableFuture<>();
    cancelled.cancel(true);
    lab.on("a", context -> cancelled);
    assertThat(lab.run("nodes: {a: {type: slow}}")).failedWith("FF-ACTION-FAILED");
  }

  @Test
  void cancelling_an_execution_cancels_its_stages() {
    CompletableFuture<Object> stage = new CompletableFuture<>();
    lab.on("a", context -> stage);
    Execution execution = lab.start("nodes: {a: {type: quick}}");
    execution.cancel("enough");
    assertThat(execution.await(Lab.REAL)).isCancelled();
    assertThat(stage).isCancelled();
  }

  @Test
  void a_stage_that_is_returned_after_the_cancellation_is_cancelled_too() {
    CompletableFuture<Object> stage = new CompletableFuture<>();
    CountDownLatch started = new CountDownLatch(1);
    lab.on(
        "a",
        context -> {
          started.countDown();
          while (!context.isCancelled()) {
            Thread.onSpinWait();
          }
          Thread.interrupted();
          return stage;
        });
    Execution execution = lab.start("nodes: {a: {type: slow}}");
    awaitQuietly(started);
    execution.cancel("enough");
    assertThat(execution.await(Lab.REAL)).isCancelled();
    assertThat(stage).isCancelled();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_stage_that_was_timed_out_and_completes_late_changes_nothing() {
    CompletableFuture<Object> source = new CompletableFuture<>();
    lab.on("a", context -> source.minimalCompletionStage());
    ExecutionResult result = lab.run("nodes: {a: {type: quick, timeout: 1s, onError: continue}}");
    source.complete("late");
    assertThat(result).isCompleted().node("a").hasOutput(null).hasError("FF-TIMEOUT");
    assertThat(lab.forge.health().facts()).containsEntry("resultsDiscarded", 1L);
  }

  @Test
  void a_stage_of_a_stage_is_no_value() {
    lab.on("a", context -> CompletableFuture.completedFuture(new CompletableFuture<Object>()));
    assertThat(lab.run("nodes: {a: {type: quick}}")).hasStatus(ExecutionStatus.FAILED);
  }

  // ---- interrupts

  @Test
  void an_interrupt_swallowed_by_a_node_does_not_reach_the_next_on_that_thread() {
    List<Boolean> flags = new ArrayList<>();
    lab.on("a", context -> interruptMyself()).on("b", context -> flags.add(Thread.interrupted()));
    assertThat(lab.run("nodes: {a: {type: slow}, b: {type: slow, dependsOn: [a]}}")).isCompleted();
    assertThat(flags).containsExactly(false);
  }

  private static Object interruptMyself() {
    Thread.currentThread().interrupt();
    return 1;
  }

  @Test
  void the_hosts_executor_that_refuses_fails_the_node_and_loses_no_worker() {
    int[] refusals = {3};
    try (Lab own =
        Lab.with(
            builder ->
                builder
                    .workers(2)
                    .executor(
                        task -> {
                          if (refusals[0]-- > 0) {
                            throw new java.util.concurrent.RejectedExecutionException("full");
                          }
                          Thread thread = new Thread(task, "flowforge-test-host");
                          thread.setDaemon(true);
                          thread.start();
                        }))) {
      for (int i = 0; i < 3; i++) {
        assertThat(own.start("nodes: {a: {type: slow}}").await(Lab.REAL))
            .hasStatus(ExecutionStatus.FAILED);
      }
      assertThat(own.forge.health().facts()).containsEntry("busyWorkers", 0);
      for (int i = 0; i < 5; i++) {
        assertThat(own.start("nodes: {a: {type: slow}}").await(Lab.REAL)).isCompleted();
      }
    }
  }

  @Test
  void an_executor_that_runs_tasks_on_the_callers_thread_works_all_the_same() {
    try (Lab own = Lab.with(builder -> builder.executor(Runnable::run))) {
      assertThat(
              own.start("nodes: {a: {type: slow}, b: {type: slow, dependsOn: [a]}}")
                  .await(Lab.REAL))
          .isCompleted();
    }
  }
}
