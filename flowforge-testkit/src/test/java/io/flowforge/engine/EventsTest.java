package io.flowforge.engine;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.EventType;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners are told. */
class EventsTest {
  private final Lab lab = Lab.create();
  private final List<FlowEvent> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    lab.close();
  }

  private List<String> kinds() {
    return heard.stream()
        .map(event -> event.type().wireName() + (event.node() == null ? "" : " " + event.node()))
        .toList();
  }

  @Test
  void an_execution_is_told_from_its_beginning_to_its_end_in_order() {
    lab.forge.events().subscribe(heard::add);
    lab.run("nodes: {a: {type: quick}, b: {type: slow, dependsOn: [a]}}");
    assertThat(kinds())
        .containsExactly(
            "connection:established",
            "execution:started",
            "node:started a",
            "node:completed a",
            "node:started b",
            "node:completed b",
            "execution:completed");
  }

  @Test
  void all_kinds_of_events_are_told_and_seq_never_goes_back() {
    lab.failsTimes("r", 1)
        .on(
            "s",
            context -> {
              context.emit(Map.of("piece", 1));
              context.progress(0.5, "half");
              return 1;
            });
    lab.forge.events().subscribe(heard::add);
    Execution good =
        lab.start(
            "nodes:",
            "  r: {type: quick, retry: {strategy: fixed, delay: 1s}}",
            "  s: {type: slow}",
            "  ask: {type: user-input, config: {prompt: Sure?}}");
    good.answer("ask", true);
    lab.finish(good);
    lab.run("nodes: {f: {type: fail}}");
    EnumSet<EventType> kinds = EnumSet.allOf(EventType.class);
    kinds.remove(EventType.GAP);
    // Of no execution.
    kinds.removeIf(kind -> kind.wireName().startsWith("trigger:"));
    assertThat(heard).extracting(FlowEvent::type).containsAll(kinds);
    long last = 0;
    for (FlowEvent event : heard) {
      if (event.executionId().equals(good.id())) {
        assertThat(event.seq()).isGreaterThanOrEqualTo(last);
        last = event.seq();
      }
    }
  }

  @Test
  void the_json_form_is_stable() {
    lab.forge.events().only(EventType.NODE_COMPLETED).subscribe(heard::add);
    Execution execution = lab.start("nodes: {a: {type: echo, config: {v: 1}}}");
    assertThat(Json.write(heard.get(1).toValue()))
        .isEqualTo(
            "{\"type\":\"node:completed\",\"seq\":2,\"timestamp\":\"2026-01-01T00:00:00.000000Z\","
                + "\"execution_id\":\""
                + execution.id()
                + "\",\"flow_id\":\"test\",\"node_id\":\"a\",\"data\":{\"status\":\"COMPLETED\","
                + "\"attempts\":1,\"output\":{\"v\":1}}}");
  }

  @Test
  void streams_can_be_narrowed_to_an_execution_a_flow_or_kinds() {
    Execution one = lab.start("nodes: {w: {type: wait, config: {duration: 1s}}}");
    Execution two = lab.start("nodes: {w: {type: wait, config: {duration: 1s}}}");
    List<FlowEvent> mine = new CopyOnWriteArrayList<>();
    List<FlowEvent> flows = new CopyOnWriteArrayList<>();
    one.events().only(EventType.EXECUTION_COMPLETED).subscribe(mine::add);
    lab.forge.events().ofFlow("other").subscribe(flows::add);
    lab.finish(one);
    lab.finish(two);
    assertThat(mine).extracting(FlowEvent::executionId).containsExactly("", one.id());
    assertThat(flows).hasSize(1);
  }

  @Test
  void skipped_and_disabled_nodes_and_other_triggers_are_told_once() {
    lab.fails("bad");
    lab.forge.events().only(EventType.NODE_COMPLETED, EventType.NODE_FAILED).subscribe(heard::add);
    lab.run(
        "nodes: {off: {type: quick, disabled: true}, bad: {type: quick}, next: {type: quick, dependsOn: [bad]}}");
    assertThat(kinds())
        .containsExactly(
            "connection:established",
            "node:completed off",
            "node:failed bad",
            "node:completed next");
  }

  @Test
  void compensations_are_told() {
    lab.fails("bad");
    lab.forge
        .events()
        .only(EventType.NODE_COMPLETED, EventType.EXECUTION_PROGRESS)
        .subscribe(heard::add);
    lab.run(
        "nodes: {a: {type: quick, compensate: {type: quick}}, bad: {type: quick, dependsOn: [a]}}");
    assertThat(heard)
        .filteredOn(event -> "a".equals(event.node()))
        .extracting(event -> event.data().get("status"))
        .containsExactly("COMPLETED", "COMPENSATED");
    assertThat(heard).anyMatch(event -> "COMPENSATING".equals(event.data().get("status")));
  }

  @Test
  void a_closed_subscription_hears_no_more() {
    EventStream.Subscription subscription = lab.forge.events().subscribe(heard::add);
    subscription.close();
    subscription.close();
    lab.run("nodes: {a: {type: quick}}");
    assertThat(heard).hasSize(1);
  }

  @Test
  void h09_a_listener_that_throws_harms_nobody() {
    lab.forge
        .events()
        .subscribe(
            event -> {
              heard.add(event);
              throw new StackOverflowError();
            });
    List<FlowEvent> other = new ArrayList<>();
    lab.forge.events().subscribe(other::add);
    assertThat(lab.run("nodes: {a: {type: quick}}")).isCompleted();
    assertThat(heard).hasSize(5);
    assertThat(other).hasSize(5);
  }

  @Test
  void h09_a_listener_may_cancel_from_its_callback() {
    lab.forge
        .events()
        .only(EventType.NODE_COMPLETED)
        .subscribe(
            event ->
                lab.forge
                    .execution(event.executionId())
                    .ifPresent(one -> one.cancel("heard enough")));
    Execution execution =
        lab.start(
            "nodes: {a: {type: quick}, w: {type: wait, config: {duration: 1d}, dependsOn: [a]}}");
    assertThat(execution.await(Lab.REAL)).isCancelled();
  }

  @Test
  void h09_listeners_on_threads_of_their_own_may_call_back_and_block() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    FlowForge forge = FlowForge.builder().discoverPlugins(false).build();
    try (forge) {
      for (int i = 0; i < 4; i++) {
        forge.events().subscribe(event -> awaitQuietly(release));
      }
      forge
          .events()
          .only(EventType.EXECUTION_COMPLETED)
          .subscribe(
              event ->
                  forge
                      .execution(event.executionId())
                      .ifPresent(
                          one -> {
                            one.snapshot();
                            one.explain("w");
                            one.cancel("late");
                            ended.countDown();
                          }));
      for (int i = 0; i < 50; i++) {
        forge
            .start(
                Lab.flow(
                    "nodes: {w: {type: wait, config: {duration: 1ms}}, x: {type: wait, config: {duration: 1ms}, dependsOn: [w]}}"),
                Map.of())
            .await(Lab.REAL);
      }
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      release.countDown();
    }
  }

  @Test
  void i05_a_slow_listener_loses_events_hears_of_the_gap_and_slows_nobody() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch gap = new CountDownLatch(1);
    try (FlowForge forge = FlowForge.builder().discoverPlugins(false).build()) {
      forge
          .events()
          .buffered(10)
          .subscribe(
              event -> {
                heard.add(event);
                if (event.type() == EventType.GAP) {
                  gap.countDown();
                }
                first.countDown();
                awaitQuietly(release);
              });
      first.await();
      for (int i = 0; i < 200; i++) {
        assertThat(forge.start(Lab.flow("nodes: {a: {type: echo}}"), Map.of()).await(Lab.REAL))
            .isCompleted();
      }
      release.countDown();
      assertThat(gap.await(20, TimeUnit.SECONDS)).isTrue();
    }
    FlowEvent marker =
        heard.stream().filter(event -> event.type() == EventType.GAP).findFirst().orElseThrow();
    assertThat((Long) marker.data().get("dropped")).isBetween(700L, 800L);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void subscribing_and_closing_from_many_threads_loses_no_listener() throws Exception {
    for (int round = 0; round < 200; round++) {
      EventStream.Subscription old = lab.forge.events().subscribe(event -> {});
      List<FlowEvent> fresh = new CopyOnWriteArrayList<>();
      Thread closing = new Thread(old::close);
      closing.start();
      EventStream.Subscription next = lab.forge.events().subscribe(fresh::add);
      closing.join();
      lab.start("nodes: {a: {type: echo}}");
      assertThat(fresh).hasSize(5);
      next.close();
    }
  }
}
