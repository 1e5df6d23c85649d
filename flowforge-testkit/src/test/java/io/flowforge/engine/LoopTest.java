package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.ActionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that run again and again. */
class LoopTest {
  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void results_stand_in_the_order_of_the_items_whatever_ends_first() {
    lab.on(
        "work",
        context ->
            lab.later(
                Duration.ofSeconds(10 - ((Number) context.input()).longValue()), context.input()));
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config: {items: [1, 2, 3], concurrency: 3, body: {nodes: {work: {type: quick}}}}");
    assertThat(result)
        .isCompleted()
        .node("each")
        .hasOutputAt("results", List.of(Map.of("work", 1), Map.of("work", 2), Map.of("work", 3)))
        .hasOutputAt("errors", List.of())
        .hasOutputAt("count", 3);
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void no_more_iterations_run_at_once_than_concurrency_says() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    lab.on(
        "work",
        context -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          return lab.later(Duration.ofSeconds(1), 1)
              .whenComplete((value, failure) -> running.decrementAndGet());
        });
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config: {times: 7, concurrency: 2, body: {nodes: {work: {type: quick}}}}");
    assertThat(result).isCompleted();
    assertThat(most).hasValue(2);
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void one_at_a_time_is_the_default() {
    lab.takes("work", Duration.ofSeconds(1), 1);
    ExecutionResult result =
        lab.run(
            "nodes: {each: {type: loop, config: {times: 3, body: {nodes: {work: {type: quick}}}}}}");
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(lab.ran).containsExactly("each[0]/work", "each[1]/work", "each[2]/work");
  }

  @Test
  void a_body_sees_item_index_its_entry_input_and_the_nodes_upstream_of_the_loop() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  up: {type: echo, config: {k: 5}}",
            "  each:",
            "    type: loop",
            "    dependsOn: [up]",
            "    config:",
            "      items: [a, b]",
            "      body:",
            "        nodes:",
            "          e: {type: echo, config: {i: '${index}', it: '${item}', in: '${input}', up: '${up.output.k}'}}",
            "        outputs: {all: '${e.output}'}");
    assertThat(result)
        .isCompleted()
        .node("each")
        .hasOutputAt("results.1", Map.of("all", Map.of("i", 1, "it", "b", "in", "b", "up", 5)));
  }

  @Test
  void batches_hand_lists_to_the_body_and_count_as_one_each() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config:",
            "      items: [1, 2, 3, 4, 5]",
            "      batchSize: 2",
            "      body: {nodes: {e: {type: echo, config: {b: '${item}'}}}, outputs: {b: '${e.output.b}'}}");
    assertThat(result)
        .node("each")
        .hasOutputAt(
            "results",
            List.of(
                Map.of("b", List.of(1, 2)), Map.of("b", List.of(3, 4)), Map.of("b", List.of(5))))
        .hasOutputAt("count", 3);
  }

  @Test
  void times_counts_from_zero() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config: {times: 2, body: {nodes: {e: {type: echo, config: {i: '${index}'}}}}}");
    assertThat(result)
        .node("each")
        .hasOutputAt("results", List.of(Map.of("e", Map.of("i", 0)), Map.of("e", Map.of("i", 1))));
  }

  @Test
  void an_empty_list_gives_empty_results() {
    assertThat(
            lab.run(
                "nodes: {each: {type: loop, config: {items: [], body: {nodes: {e: {type: echo}}}}}}"))
        .isCompleted()
        .node("each")
        .hasOutput(Map.of("results", List.of(), "errors", List.of(), "count", 0));
  }

  @Test
  void items_that_are_no_list_fail_the_node_with_a_clear_error() {
    ExecutionResult result =
        lab.run(
            "nodes: {each: {type: loop, config: {items: '${inputs.none}', body: {nodes: {e: {type: echo}}}}}}");
    assertThat(result).failedWith("FF-LOOP-ITEMS");
  }

  @Test
  void a_failing_iteration_fails_the_loop_and_stops_the_others() {
    lab.on(
        "work",
        context -> {
          if (Integer.valueOf(1).equals(context.input())) {
            throw ActionException.permanent("ODD", "one is odd");
          }
          return lab.later(Duration.ofDays(1), 1);
        });
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config: {items: [0, 1, 2], concurrency: 2, body: {nodes: {work: {type: quick}}}}");
    assertThat(result)
        .failedWith("ODD")
        .node("each[0]/work")
        .isCancelled()
        .node("each[1]/work")
        .failedWith("ODD");
    assertThat(result.snapshot().node("each[2]/work")).isEmpty();
    assertThat(result.error().orElseThrow().details()).containsEntry("at", "each[1]/work");
  }

  @Test
  void continue_leaves_null_in_the_results_and_the_error_beside() {
    lab.on(
        "work",
        context -> {
          if ("bad".equals(context.input())) {
            throw ActionException.permanent("BAD", "bad item");
          }
          return context.input();
        });
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config:",
            "      items: [a, bad, c]",
            "      onItemError: continue",
            "      body: {nodes: {work: {type: quick}}, outputs: {v: '${work.output}'}}");
    assertThat(result)
        .isCompleted()
        .node("each")
        .hasOutputAt("results.0", Map.of("v", "a"))
        .hasOutputAt("results.1", null)
        .hasOutputAt("results.2", Map.of("v", "c"))
        .hasOutputAt("errors.0.index", 1)
        .hasOutputAt("errors.0.item", "bad")
        .hasOutputAt("errors.0.error.code", "BAD");
  }

  @Test
  void more_items_than_max_iterations_fail_the_loop_before_the_first() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config: {items: [1, 2, 3], maxIterations: 2, body: {nodes: {work: {type: quick}}}}");
    assertThat(result).failedWith("FF-LOOP-SIZE");
    assertThat(lab.ran).isEmpty();
  }

  @Test
  void loops_in_loops_are_addressed_through_both() {
    lab.on("work", context -> context.path());
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  outer:",
            "    type: loop",
            "    config:",
            "      times: 2",
            "      body:",
            "        nodes:",
            "          inner:",
            "            type: loop",
            "            config: {times: 2, body: {nodes: {work: {type: quick}}}}");
    assertThat(result).isCompleted();
    assertThat(lab.ran)
        .containsExactly(
            "outer[0]/inner[0]/work",
            "outer[0]/inner[1]/work",
            "outer[1]/inner[0]/work",
            "outer[1]/inner[1]/work");
    assertThat(
            lab.forge
                .execution(result.executionId())
                .orElseThrow()
                .explain("outer[1]/inner[0]/work")
                .node())
        .isEqualTo("outer[1]/inner[0]/work");
  }

  @Test
  void the_idempotency_key_differs_between_iterations_and_stays_over_attempts() {
    java.util.List<String> keys = new java.util.concurrent.CopyOnWriteArrayList<>();
    lab.on(
        "work",
        context -> {
          keys.add(context.idempotencyKey());
          if (context.attempt() == 1) {
            throw ActionException.transientFailure("AGAIN", "again");
          }
          return 1;
        });
    lab.run(
        "nodes:",
        "  each:",
        "    type: loop",
        "    config:",
        "      times: 2",
        "      body: {nodes: {work: {type: quick, retry: {strategy: fixed, delay: 1s}}}}");
    assertThat(keys).hasSize(4);
    assertThat(keys.get(0))
        .isEqualTo(keys.get(1))
        .isNotEqualTo(keys.get(2))
        .startsWith("ff1_")
        .hasSize(56);
    assertThat(keys.get(2)).isEqualTo(keys.get(3));
  }

  @Test
  void a_loop_that_is_tried_again_begins_anew() {
    AtomicInteger calls = new AtomicInteger();
    lab.on(
        "work",
        context -> {
          if (calls.incrementAndGet() == 2) {
            throw ActionException.transientFailure("AGAIN", "again");
          }
          return 1;
        });
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    retry: {strategy: fixed, delay: 1s}",
            "    config: {times: 2, body: {nodes: {work: {type: quick}}}}");
    assertThat(result).isCompleted().node("each").ranTimes(2).hasOutputAt("count", 2);
    assertThat(calls).hasValue(4);
  }

  @Test
  void while_runs_its_body_until_the_condition_no_longer_holds() {
    ExecutionResult result =
        lab.run(
            "variables: {n: 0}",
            "nodes:",
            "  w:",
            "    type: while",
            "    config:",
            "      condition: 'vars.n < 3'",
            "      maxIterations: 10",
            "      body:",
            "        nodes: {inc: {type: variable, config: {operation: increment, name: n}}}",
            "        outputs: {n: '${inc.output}'}");
    assertThat(result)
        .isCompleted()
        .node("w")
        .hasOutput(Map.of("iterations", 3, "last", Map.of("n", 3)));
  }

  @Test
  void while_sees_index_and_last() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  w:",
            "    type: while",
            "    config:",
            "      condition: 'index == 0 || last.v < 4'",
            "      maxIterations: 10",
            "      body: {nodes: {e: {type: echo, config: {v: '${index * 2}'}}}, outputs: {v: '${e.output.v}'}}");
    assertThat(result)
        .isCompleted()
        .node("w")
        .hasOutputAt("iterations", 3)
        .hasOutputAt("last.v", 4);
  }

  @Test
  void a_condition_that_is_false_at_once_runs_the_body_never() {
    assertThat(
            lab.run(
                "nodes: {w: {type: while, config: {condition: 'false', maxIterations: 1, body: {nodes: {e: {type: quick}}}}}}"))
        .isCompleted()
        .node("w")
        .hasOutputAt("iterations", 0)
        .hasOutputAt("last", null);
  }

  @Test
  void a_condition_still_true_at_the_limit_fails_the_node() {
    ExecutionResult result =
        lab.run(
            "nodes: {w: {type: while, config: {condition: 'true', maxIterations: 3, body: {nodes: {e: {type: quick}}}}}}");
    assertThat(result).failedWith("FF-WHILE-LIMIT");
    assertThat(lab.ran).hasSize(3);
  }

  @Test
  void a_while_condition_that_fails_is_the_nodes_failure() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  w: {type: while, config: {condition: '1 / vars.z > 0', maxIterations: 3, body: {nodes: {e: {type: quick}}}}}",
            "  h: {type: quick}",
            "edges: [{from: w, to: h, port: error}]");
    assertThat(result).isCompleted().completedOnly("h");
  }

  @Test
  void a_conditional_inside_a_body_sees_the_item() {
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config:",
            "      items: [1, 5]",
            "      body:",
            "        nodes:",
            "          c: {type: conditional, config: {condition: 'item > 3 && index == 1'}}",
            "          big: {type: quick}",
            "        edges: [{from: c, to: big, port: 'true'}]");
    assertThat(result).isCompleted();
    assertThat(lab.ran).containsExactly("each[1]/big");
  }

  @Test
  void a_loop_is_paused_between_iterations() {
    lab.takes("work", Duration.ofSeconds(1), 1);
    Execution execution =
        lab.start(
            "nodes: {each: {type: loop, config: {times: 3, body: {nodes: {work: {type: quick}}}}}}");
    assertThat(execution.pause()).isTrue();
    lab.time.advance(Duration.ofMinutes(1));
    assertThat(lab.ran).hasSize(1);
    assertThat(execution).hasStatus(ExecutionStatus.PAUSED);
    assertThat(execution.resume()).isTrue();
    assertThat(lab.finish(execution)).isCompleted();
    assertThat(lab.ran).hasSize(3);
  }

  @Test
  void cancelling_stops_all_iterations() {
    lab.takes("work", Duration.ofDays(1), 1);
    Execution execution =
        lab.start(
            "nodes: {each: {type: loop, config: {times: 9, concurrency: 3, body: {nodes: {work: {type: quick}}}}}}");
    execution.cancel("enough");
    ExecutionResult result = execution.await(Lab.REAL);
    assertThat(result).isCancelled().node("each").isCancelled().node("each[2]/work").isCancelled();
    assertThat(result.snapshot().node("each[3]/work")).isEmpty();
  }

  @Test
  void a_loop_that_takes_too_long_is_stopped_and_fails() {
    lab.takes("work", Duration.ofDays(1), 1);
    ExecutionResult result =
        lab.run(
            "nodes:",
            "  each: {type: loop, timeout: 5s, config: {times: 2, body: {nodes: {work: {type: quick}}}}}",
            "  h: {type: quick}",
            "edges: [{from: each, to: h, port: error}]");
    assertThat(result)
        .isCompleted()
        .node("each")
        .failedWith("FF-TIMEOUT")
        .node("each[0]/work")
        .isCancelled();
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void ten_thousand_iterations_run_in_a_loop_of_the_engine_and_not_by_recursion() {
    ExecutionResult result =
        lab.run(
            "nodes: {each: {type: loop, config: {times: 10000, body: {nodes: {e: {type: echo}}}}}}");
    assertThat(result).isCompleted().node("each").hasOutputAt("count", 10_000);
  }

  @Test
  void bodies_may_be_nested_deep() {
    StringBuilder flow = new StringBuilder("{nodes: {l: {type: quick}}}");
    for (int i = 0; i < 14; i++) {
      flow.insert(0, "{nodes: {l: {type: loop, config: {times: 1, body: ").append("}}}}");
    }
    String text = flow.toString();
    ExecutionResult result = lab.run(Lab.flow(text.substring(1, text.length() - 1)), Map.of());
    assertThat(result).isCompleted();
    assertThat(lab.ran).hasSize(1);
  }
}
