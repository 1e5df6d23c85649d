package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.Trigger;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the kit on a trigger that keeps to it, and shows that every breach is found. */
class TriggerContractTest extends TriggerContract<SampleTrigger.Config> {
  private static final String QUEUE = "contract";

  @BeforeEach
  void empty() {
    SampleTrigger.QUEUES.put(QUEUE, new ArrayDeque<>());
  }

  @Override
  protected Trigger<SampleTrigger.Config> trigger() {
    return new SampleTrigger();
  }

  @Override
  protected SampleTrigger.Config config() {
    return new SampleTrigger.Config(QUEUE);
  }

  @Override
  protected void cause(int number) {
    SampleTrigger.QUEUES.get(QUEUE).add(number);
  }

  static List<Arguments> breaches() {
    return List.of(
        breach(
            BrokenTriggers.HastyKit.class,
            "fires_nothing_before_it_is_started_and_after_it_is_stopped",
            "fires_events_in_order_and_each_once",
            "serves_several_nodes_at_once"),
        breach(BrokenTriggers.ShapelessKit.class, "fires_an_event_of_the_declared_shape"),
        breach(
            BrokenTriggers.UndyingKit.class,
            "fires_nothing_before_it_is_started_and_after_it_is_stopped",
            "serves_several_nodes_at_once"),
        breach(BrokenTriggers.FragileKit.class, "outlives_a_start_that_fails"),
        breach(BrokenTriggers.SameKeyKit.class, "fires_events_in_order_and_each_once"));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void finds_the_breach(Class<?> kit, Set<String> tests) {
    assertThat(KitRun.failedTests(kit)).containsExactlyInAnyOrderElementsOf(tests);
  }

  private static Arguments breach(Class<?> kit, String... tests) {
    return Arguments.of(Named.of(kit.getSimpleName(), kit), Set.of(tests));
  }
}
