package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.InvalidFlowException;
import io.flowforge.testkit.ManualTime;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that wait: for a time, an event, a person. */
class WaitingTest {
  private final Lab lab = Lab.create();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_wait_ends_after_its_duration_and_says_from_when_to_when() {
    Execution execution = lab.start("nodes: {w: {type: delay, config: {duration: 3d}}}");
    assertThat(execution).isWaiting().node("w").isWaiting();
    assertThat(execution.snapshot().wakeAt()).isEqualTo(ManualTime.START.plus(Duration.ofDays(3)));
    lab.time.advance(Duration.ofDays(3).minusNanos(1000));
    assertThat(execution).isWaiting();
    lab.time.advance(Duration.ofNanos(1000));
    assertThat(execution)
        .isCompleted()
        .node("w")
        .hasOutput(
            Map.of(
                "waitedFrom", "2026-01-01T00:00:00.000000Z",
                "until", "2026-01-04T00:00:00.000000Z"));
  }

  @Test
  void a_wait_until_a_past_moment_ends_at_once() {
    ExecutionResult result =
        lab.run("nodes: {w: {type: wait, config: {until: '2020-01-01T00:00:00Z'}}}");
    assertThat(result).isCompleted();
    assertThat(result.duration()).isEqualTo(Duration.ZERO);
  }

  @Test
  void a_wait_until_a_moment_ends_then() {
    ExecutionResult result =
        lab.run("nodes: {w: {type: wait, config: {until: '2026-01-01T01:00:00Z'}}}");
    assertThat(result.duration()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void a_wait_that_is_cut_short_by_its_time_out_fails_and_leaves_no_timer() {
    ExecutionResult result =
        lab.run("nodes: {w: {type: wait, timeout: 5s, config: {duration: 7d}}}");
    assertThat(result).failedWith("FF-TIMEOUT");
    assertThat(result.duration()).isEqualTo(Duration.ofSeconds(5));
    assertThat(lab.time.pendingTimers()).isZero();
  }

  @Test
  void a_cancelled_wait_leaves_no_timer() {
    Execution execution = lab.start("nodes: {w: {type: wait, config: {duration: 7d}}}");
    execution.cancel("enough");
    assertThat(execution.await(Lab.REAL)).isCancelled();
    assertThat(lab.time.pendingTimers()).isZero();
  }

  @Test
  void an_event_wakes_the_node_that_waits_for_it_with_its_payload() {
    Execution execution = lab.start("nodes: {e: {type: wait-for-event, config: {event: paid}}}");
    assertThat(execution).isWaiting();
    assertThat(lab.forge.publish("paid", null, Map.of("sum", 5))).isEqualTo(1);
    assertThat(execution).isCompleted().node("e").hasOutput(Map.of("sum", 5));
  }

  @Test
  void events_and_waits_must_agree_on_the_correlation() {
    Execution seven =
        lab.start("nodes: {e: {type: wait-for-event, config: {event: paid, correlation: 7}}}");
    Execution none = lab.start("nodes: {e: {type: wait-for-event, config: {event: paid}}}");
    assertThat(lab.forge.publish("paid", "8", null)).isZero();
    assertThat(lab.forge.publish("paid", "7", "seven")).isEqualTo(1);
    assertThat(seven).isCompleted().hasOutput("e", "seven");
    assertThat(none).isWaiting();
    assertThat(lab.forge.publish("paid", null, "none")).isEqualTo(1);
    assertThat(none).isCompleted().hasOutput("e", "none");
  }

  @Test
  void one_event_wakes_every_node_that_waits() {
    Execution one = lab.start("nodes: {e: {type: wait-for-event, config: {event: go}}}");
    Execution two = lab.start("nodes: {e: {type: wait-for-event, config: {event: go}}}");
    ExecutionResult sender =
        lab.run("nodes: {s: {type: emit-event, config: {event: go, payload: 1}}}");
    assertThat(sender).node("s").hasOutput(Map.of("delivered", 2));
    assertThat(one).isCompleted();
    assertThat(two).isCompleted();
  }

  @Test
  void an_early_event_is_kept_and_taken_once() {
    assertThat(lab.forge.publish("go", null, "first")).isZero();
    lab.time.advance(Duration.ofDays(6));
    assertThat(lab.run("nodes: {e: {type: wait-for-event, config: {event: go}}}"))
        .hasOutput("e", "first");
    assertThat(lab.start("nodes: {e: {type: wait-for-event, config: {event: go}}}")).isWaiting();
  }

  @Test
  void early_events_are_taken_in_the_order_they_came() {
    lab.forge.publish("go", null, 1);
    lab.forge.publish("go", null, 2);
    assertThat(
            lab.run(
                "nodes:",
                "  a: {type: wait-for-event, config: {event: go}}",
                "  b: {type: wait-for-event, config: {event: go}, dependsOn: [a]}"))
        .node("a")
        .hasOutput(1)
        .node("b")
        .hasOutput(2);
  }

  @Test
  void an_early_event_is_forgotten_after_seven_days() {
    lab.forge.publish("go", null, "old");
    lab.time.advance(Duration.ofDays(7).plusSeconds(1));
    assertThat(lab.start("nodes: {e: {type: wait-for-event, config: {event: go}}}")).isWaiting();
  }

  @Test
  void an_event_that_does_not_come_in_time_leaves_through_timeout() {
    ExecutionResult result =
        lab.run(
            "nodes: {e: {type: wait-for-event, config: {event: go, timeout: 1h}}, t: {type: echo}}",
            "edges: [{from: e, to: t, port: timeout}]");
    assertThat(result).isCompleted().node("e").leftThrough("timeout").hasOutput(null);
    assertThat(result).node("t").isCompleted();
    assertThat(lab.forge.publish("go", null, "late")).isZero();
  }

  @Test
  void without_a_timeout_edge_an_event_that_does_not_come_fails_the_node() {
    assertThat(lab.run("nodes: {e: {type: wait-for-event, config: {event: go, timeout: 1h}}}"))
        .failedWith("FF-TIMEOUT");
  }

  @Test
  void a_cancelled_wait_takes_no_event() {
    Execution execution = lab.start("nodes: {e: {type: wait-for-event, config: {event: go}}}");
    execution.cancel("enough");
    assertThat(lab.forge.publish("go", null, 1)).isZero();
  }

  @Test
  void a_signal_reaches_the_waits_of_one_execution_whatever_their_correlation() {
    String flow = "nodes: {e: {type: wait-for-event, config: {event: go, correlation: x}}}";
    Execution mine = lab.start(flow);
    Execution other = lab.start(flow);
    mine.signal("go", List.of(1));
    assertThat(mine).isCompleted().hasOutput("e", List.of(1));
    assertThat(other).isWaiting();
  }

  @Test
  void an_early_signal_is_kept_for_the_wait() {
    Execution execution =
        lab.start(
            "nodes:",
            "  w: {type: wait, config: {duration: 1h}}",
            "  e: {type: wait-for-event, config: {event: go}, dependsOn: [w]}");
    execution.signal("go", "early");
    assertThat(lab.finish(execution)).isCompleted().hasOutput("e", "early");
  }

  @Test
  void a_signal_to_an_ended_execution_is_refused() {
    Execution execution = lab.start("nodes: {a: {type: quick}}");
    assertThatThrownBy(() -> execution.signal("go", 1))
        .isInstanceOf(FlowForgeException.class)
        .extracting("code")
        .isEqualTo("FF-SIGNAL-FINAL");
  }

  private static final String ASK =
      "nodes: {ask: {type: approval, config: {prompt: Sure?, fields: {ok: {type: boolean, required: true},"
          + " note: {type: string, default: none}, level: {type: integer, enum: [1, 2]}}}}}";

  @Test
  void an_answer_completes_the_node_with_the_defaults_of_its_fields() {
    Execution execution = lab.start(ASK);
    assertThat(execution).isWaiting();
    execution.answer("ask", Map.of("ok", true));
    assertThat(execution).isCompleted().hasOutput("ask", Map.of("ok", true, "note", "none"));
  }

  @Test
  void an_answer_that_does_not_fit_is_refused_with_all_its_problems_and_changes_nothing() {
    Execution execution = lab.start(ASK);
    assertThatThrownBy(() -> execution.answer("ask", Map.of("level", 9, "more", 1, "note", 3)))
        .isInstanceOfSatisfying(
            InvalidFlowException.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(problem -> problem.path())
                    .containsExactlyInAnyOrder(
                        "/answer/ok", "/answer/level", "/answer/more", "/answer/note"));
    assertThat(execution).isWaiting();
    execution.answer("ask", Map.of("ok", false, "level", 2));
    assertThat(execution).isCompleted();
  }

  @Test
  void an_answer_nobody_waits_for_is_refused() {
    Execution execution = lab.start(ASK);
    assertThatThrownBy(() -> execution.answer("other", 1))
        .extracting("code")
        .isEqualTo("FF-ANSWER-UNEXPECTED");
    execution.answer("ask", Map.of("ok", true));
    assertThatThrownBy(() -> execution.answer("ask", Map.of("ok", true)))
        .extracting("code")
        .isEqualTo("FF-ANSWER-UNEXPECTED");
  }

  @Test
  void silence_takes_main_with_the_default() {
    ExecutionResult result =
        lab.run("nodes: {ask: {type: user-input, config: {timeout: 1d, default: {ok: false}}}}");
    assertThat(result).isCompleted().node("ask").leftThrough("main").hasOutput(Map.of("ok", false));
    assertThat(result.duration()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void silence_without_a_default_leaves_through_timeout() {
    ExecutionResult result =
        lab.run(
            "nodes: {ask: {type: user-input, config: {timeout: 1d}}, t: {type: quick}}",
            "edges: [{from: ask, to: t, port: timeout}]");
    assertThat(result).completedOnly("ask", "t").node("ask").leftThrough("timeout").hasOutput(null);
  }

  @Test
  void silence_with_neither_default_nor_timeout_edge_fails_the_node() {
    assertThat(lab.run("nodes: {ask: {type: user-input, config: {timeout: 1d}}}"))
        .failedWith("FF-TIMEOUT");
  }

  @Test
  void answers_reach_nodes_in_iterations_by_their_address() {
    Execution execution =
        lab.start(
            "nodes:",
            "  each:",
            "    type: loop",
            "    config: {times: 2, concurrency: 2, body: {nodes: {ask: {type: user-input}}}}");
    execution.answer("each[1]/ask", "second");
    execution.answer("each[0]/ask", "first");
    assertThat(execution)
        .isCompleted()
        .node("each")
        .hasOutputAt("results", List.of(Map.of("ask", "first"), Map.of("ask", "second")));
  }

  @Test
  void an_answer_that_is_null_counts_where_no_fields_are_declared() {
    Execution execution = lab.start("nodes: {ask: {type: user-input}}");
    execution.answer("ask", null);
    assertThat(execution).isCompleted().hasOutputs(Collections.singletonMap("ask", null));
  }
}
