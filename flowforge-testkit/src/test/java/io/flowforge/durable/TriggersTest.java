package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.Health;
import io.flowforge.InvalidFlowException;
import io.flowforge.execution.EventType;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.spi.TriggerContext.Fired;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Active flows are started by their triggers, in one engine of those that share a store. */
class TriggersTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Cluster cluster = new Cluster();

  private static Flow flow(String word) {
    return Flow.parse(
        """
        {"id": "orders", "nodes": [
          {"id": "come", "type": "hand", "config": {"word": "%s"}},
          {"id": "e", "type": "echo"}],
         "edges": [{"from": "come", "to": "e"}], "outputs": {"n": "${trigger.n}", "v": "%s"}}
        """
            .formatted(word, word));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private Cluster.Node active(String word) {
    Cluster.Node node = cluster.node();
    node.forge.flows().save(flow(word));
    node.forge.flows().activate("orders");
    only(node);
    return node;
  }

  private HandTrigger.Watch only(Cluster.Node node) {
    assertThat(cluster.isSoon(() -> Cluster.open(node) == 1)).isTrue();
    return node.trigger.open().get(0);
  }

  private int executions(Cluster.Node node) {
    return node.forge.operations().list(ExecutionQuery.NEWEST).size();
  }

  @Test
  void an_event_starts_an_execution_and_the_same_event_no_second_one() throws Exception {
    Cluster.Node node = active("one");
    Fired first = only(node).fire(Map.of("n", 7), "order-7");
    Fired second = only(node).fire(Map.of("n", 8), "order-7");
    assertThat(first.created()).isTrue();
    assertThat(second).isEqualTo(new Fired(first.executionId(), false));
    Execution execution = node.forge.execution(first.executionId()).orElseThrow();
    assertThat(execution.await(LONG).outputs()).isEqualTo(Map.of("n", 7, "v", "one"));
    assertThat(executions(node)).isEqualTo(1);
  }

  @Test
  void without_a_store_triggers_run_as_well() throws Exception {
    ManualTime time = ManualTime.create();
    HandTrigger trigger = new HandTrigger();
    try (FlowForge forge =
        FlowForge.builder()
            .discoverPlugins(false)
            .time(time)
            .executor(time.executor())
            .trigger(trigger)
            .build()) {
      forge.flows().save(flow("one"));
      forge.flows().activate("orders");
      for (int i = 0; i < 30 && trigger.open().isEmpty(); i++) {
        time.settle();
      }
      HandTrigger.Watch watch = trigger.open().get(0);
      assertThat(watch.fire(Map.of("n", 1), "a").created()).isTrue();
      assertThat(watch.fire(Map.of("n", 1), "a").created()).isFalse();
      assertThat(forge.health().facts()).containsEntry("triggers", 1);
      forge.flows().delete("orders");
      assertThat(trigger.open()).isEmpty();
    }
  }

  @Test
  void nothing_is_fired_after_the_flow_was_deactivated() {
    Cluster.Node node = active("one");
    HandTrigger.Watch watch = only(node);
    node.forge.flows().deactivate("orders");
    assertThat(watch.isOpen()).isFalse();
    assertThatThrownBy(() -> watch.fire(Map.of("n", 1), "late"))
        .extracting("code")
        .isEqualTo("FF-TRIGGER-STOPPED");
    assertThat(executions(node)).isZero();
  }

  @Test
  void a_new_version_restarts_the_trigger_with_its_config() throws Exception {
    Cluster.Node node = active("one");
    HandTrigger.Watch old = only(node);
    node.forge.flows().save(flow("two"));
    assertThat(old.isOpen()).isFalse();
    assertThat(only(node).config.word()).isEqualTo("two");
    Fired fired = only(node).fire(Map.of("n", 1), "k");
    assertThat(node.forge.execution(fired.executionId()).orElseThrow().await(LONG).outputs())
        .containsEntry("v", "two");
  }

  @Test
  void an_engine_that_starts_resumes_the_active_flows_where_they_stood() throws Exception {
    Cluster.Node first = active("one");
    only(first).context.cursor().put(41).toCompletableFuture().get(20, TimeUnit.SECONDS);
    only(first).context.cursor().put(42).toCompletableFuture().get(20, TimeUnit.SECONDS);
    first.forge.close();
    Cluster.Node second = cluster.node();
    assertThat(only(second).context.cursor().get()).contains(42);
    assertThat(first.trigger.open()).isEmpty();
  }

  @Test
  void of_two_engines_one_runs_the_trigger_and_the_other_takes_over_at_once_when_it_closes() {
    Cluster.Node first = active("one");
    Cluster.Node second = cluster.node();
    cluster.pass(60);
    assertThat(first.trigger.open()).hasSize(1);
    assertThat(second.trigger.watches()).isEmpty();
    first.forge.close();
    assertThat(cluster.passUntil(() -> Cluster.open(second) == 1, 6)).isTrue();
    assertThat(first.trigger.open()).isEmpty();
  }

  @Test
  void the_trigger_of_a_dead_engine_is_taken_over_at_the_end_of_its_lease() throws Exception {
    Cluster.Node first = active("one");
    Fired before = only(first).fire(Map.of("n", 1), "a");
    Cluster.Node second = cluster.node();
    HandTrigger.Watch zombie = only(first);
    first.store.cut();
    cluster.pass(19);
    assertThat(second.trigger.watches()).isEmpty();
    assertThat(cluster.passUntil(() -> Cluster.open(second) == 1, 30)).isTrue();
    assertThatThrownBy(() -> zombie.fire(Map.of("n", 2), "b"))
        .extracting("code")
        .isEqualTo("FF-TRIGGER-STOPPED");
    assertThat(only(second).fire(Map.of("n", 1), "a"))
        .isEqualTo(new Fired(before.executionId(), false));
    assertThat(only(second).fire(Map.of("n", 2), "b").created()).isTrue();
    assertThat(Cluster.open(first)).isZero();
  }

  @Test
  void a_watch_that_was_thought_dead_cannot_move_the_position_any_more() throws Exception {
    Cluster.Node first = active("one");
    TriggerCursors.put(only(first), "a");
    HandTrigger.Watch zombie = only(first);
    first.forge.close();
    Cluster.Node second = cluster.node();
    assertThatThrownBy(() -> TriggerCursors.put(zombie, "stale")).isNotNull();
    TriggerCursors.put(only(second), "b");
    assertThat(only(second).context.cursor().get()).contains("b");
  }

  @Test
  void what_one_engine_deactivates_stops_in_the_other_by_its_next_look() {
    Cluster.Node first = active("one");
    Cluster.Node second = cluster.node();
    second.forge.flows().deactivate("orders");
    assertThat(cluster.passUntil(() -> Cluster.open(first) == 0, 6)).isTrue();
    cluster.pass(20);
    assertThat(Cluster.open(first, second)).isZero();
    second.forge.flows().activate("orders");
    assertThat(cluster.passUntil(() -> Cluster.open(first, second) == 1, 6)).isTrue();
  }

  @Test
  void a_trigger_that_fails_is_tried_again_and_told_of() {
    Cluster.Node node = cluster.node();
    List<EventType> told = new CopyOnWriteArrayList<>();
    node.forge.events().ofFlow("orders").subscribe(event -> told.add(event.type()));
    node.trigger.failTimes(3);
    node.forge.flows().save(flow("one"));
    node.forge.flows().activate("orders");
    assertThat(cluster.isSoon(() -> !node.forge.health().complaints().isEmpty())).isTrue();
    Health sick = node.forge.health();
    assertThat(sick.state()).isEqualTo(Health.State.DEGRADED);
    assertThat(sick.complaints()).anyMatch(one -> one.contains("out of reach"));
    assertThat(cluster.passUntil(() -> Cluster.open(node) == 1, 20)).isTrue();
    assertThat(node.forge.health().complaints()).isEmpty();
    assertThat(told).contains(EventType.TRIGGER_FAILING, EventType.TRIGGER_STARTED);
  }

  @Test
  void what_a_trigger_tells_of_its_source_is_in_health_until_it_has_recovered() {
    Cluster.Node node = active("one");
    only(node).context.failing("no answer from the queue", null);
    assertThat(node.forge.health().complaints())
        .containsExactly("trigger come of flow orders cannot watch: no answer from the queue");
    only(node).context.recovered();
    assertThat(node.forge.health().complaints()).isEmpty();
  }

  @Test
  void a_flow_whose_trigger_has_a_wrong_config_or_that_needs_inputs_is_not_activated() {
    Cluster.Node node = cluster.node();
    node.forge.flows().save(flow(" "));
    assertThatThrownBy(() -> node.forge.flows().activate("orders"))
        .isInstanceOf(InvalidFlowException.class)
        .hasMessageContaining("word must not be blank");
    Flow asking =
        Flow.parse(
            """
            {"id": "asking", "inputs": {"n": {"type": "integer", "required": true}},
             "nodes": [{"id": "come", "type": "hand", "config": {"word": "w"}}]}
            """);
    node.forge.flows().save(asking);
    assertThatThrownBy(() -> node.forge.flows().activate("asking"))
        .isInstanceOf(InvalidFlowException.class);
    cluster.pass(6);
    assertThat(node.trigger.watches()).isEmpty();
  }

  @Test
  void an_engine_beside_those_that_do_the_work_runs_no_triggers() {
    Cluster.Node tool = cluster.node(options -> options.claiming(false));
    tool.forge.flows().save(flow("one"));
    tool.forge.flows().activate("orders");
    cluster.pass(20);
    assertThat(tool.trigger.watches()).isEmpty();
    Cluster.Node worker = cluster.node();
    assertThat(cluster.passUntil(() -> Cluster.open(worker) == 1, 6)).isTrue();
  }

  @Test
  void executions_that_a_trigger_started_finish_after_the_flow_was_deleted() throws Exception {
    Flow waits =
        Flow.parse(
            """
            {"id": "waits", "nodes": [
              {"id": "come", "type": "hand", "config": {"word": "w"}},
              {"id": "w", "type": "wait-for-event", "config": {"event": "go"}}],
             "edges": [{"from": "come", "to": "w"}]}
            """);
    Cluster.Node node = cluster.node();
    node.forge.flows().save(waits);
    node.forge.flows().activate("waits");
    Fired fired = only(node).fire(null, "k");
    node.forge.flows().delete("waits");
    node.forge.publish("go", null, 1);
    cluster.pass(6);
    Execution execution = node.forge.execution(fired.executionId()).orElseThrow();
    assertThat(execution.await(LONG).status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  /** Positions, waited for. */
  private static final class TriggerCursors {
    static void put(HandTrigger.Watch watch, Object position) throws Exception {
      watch.context.cursor().put(position).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }
}
