package io.flowforge.testkit;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@FlowForgeTest
class MockNodesTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void a_node_that_is_not_mocked_does_its_own_work(FlowForge forge) {
    Flow flow = Flow.parse("nodes: {a: {type: set, config: {values: {v: 1}}}}");
    assertThat(forge.start(flow, Map.of()).await(LIMIT)).node("a").hasOutput(Map.of("v", 1));
  }

  @Test
  void outcomes_come_one_after_another_and_the_last_stays(FlowForge forge, MockNodes mocks) {
    mocks
        .node("charge")
        .failsForNow("BUSY", "try again")
        .failsForNow("BUSY", "try again")
        .returns(Map.of("receipt", 7));
    Flow flow = retrying();
    assertThat(forge.start(flow, Map.of()).await(LIMIT))
        .isCompleted()
        .node("charge")
        .ranTimes(3)
        .hasOutput(Map.of("receipt", 7));
    assertThat(forge.start(flow, Map.of()).await(LIMIT)).node("charge").ranTimes(1);
  }

  @Test
  void a_lasting_failure_is_not_retried(FlowForge forge, MockNodes mocks) {
    mocks.node("charge").fails("CARD", "declined");
    assertThat(forge.start(retrying(), Map.of()).await(LIMIT))
        .failedWith("CARD")
        .node("charge")
        .ranTimes(1)
        .failedWith("CARD");
  }

  @Test
  void a_node_is_named_by_address_id_or_type_and_the_most_exact_counts(
      FlowForge forge, MockNodes mocks) {
    mocks.type("echo").returns("type");
    mocks.node("x").returns("id");
    mocks.node("l[1]/x").returns("path");
    Flow flow =
        Flow.parse(
            """
            nodes:
              a: {type: echo}
              l: {type: loop, config: {times: 2, body: {nodes: {x: {type: echo}}}}}
            """);
    assertThat(forge.start(flow, Map.of()).await(LIMIT))
        .node("a")
        .hasOutput("type")
        .node("l[0]/x")
        .hasOutput("id")
        .node("l[1]/x")
        .hasOutput("path");
  }

  @Test
  void a_mock_may_choose_the_port_and_call_through(FlowForge forge, MockNodes mocks) {
    mocks.node("if").leavesThrough("false", Map.of()).callsThrough();
    Flow flow =
        Flow.parse(
            """
            nodes: {if: {type: conditional, config: {condition: "true"}}, yes: {type: echo}}
            edges: [{from: if, to: yes, port: "true"}]
            """);
    assertThat(forge.start(flow, Map.of()).await(LIMIT)).node("yes").isSkipped();
    assertThat(forge.start(flow, Map.of()).await(LIMIT)).node("yes").isCompleted();
  }

  @Test
  void a_mock_may_take_manual_time(FlowForge forge, MockNodes mocks) {
    mocks.node("charge").after(Duration.ofMinutes(2)).returns("late");
    assertThat(forge.start(retrying(), Map.of()).await(LIMIT))
        .node("charge")
        .took(Duration.ofMinutes(2))
        .hasOutput("late");
  }

  @Test
  void a_mock_that_takes_too_long_is_timed_out(FlowForge forge, MockNodes mocks) {
    mocks.node("slow").after(Duration.ofHours(1)).returns("never");
    Flow flow = Flow.parse("nodes: {slow: {type: echo, timeout: 10s}}");
    assertThat(forge.start(flow, Map.of()).await(LIMIT)).failedWith("FF-TIMEOUT");
  }

  @Test
  void every_attempt_is_noted(FlowForge forge, MockNodes mocks) {
    mocks.node("charge").failsForNow("BUSY", "x").returns(1);
    Execution execution = forge.start(retrying(), Map.of("n", 5));
    execution.await(LIMIT);
    List<MockCall> calls = mocks.calls("charge");
    assertThat(calls).extracting(MockCall::attempt).containsExactly(1, 2);
    assertThat(calls)
        .extracting(MockCall::idempotencyKey)
        .containsOnly(calls.get(0).idempotencyKey());
    assertThat(calls.get(0).inputs()).isEqualTo(Map.of("n", 5));
    assertThat(calls.get(0).nodeType()).isEqualTo("echo");
    assertThat(calls.get(0).executionId()).isEqualTo(execution.id());
    assertThat(mocks.calls()).hasSize(2);
  }

  private static Flow retrying() {
    return Flow.parse(
        "nodes: {charge: {type: echo, retry: {maxAttempts: 3, delay: 1m, jitter: none}}}");
  }
}
