package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.spi.store.ExecutionQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timers that came due while no engine looked. */
class CatchUpTest {
  private static final Flow SLEEPS =
      Flow.parse(
          """
          {"id": "sleeps", "nodes": [
            {"id": "sleep", "type": "wait", "config": {"duration": "${inputs.time}"}},
            {"id": "tell", "type": "effect", "config": {"value": "${execution.id}"}}],
           "edges": [{"from": "sleep", "to": "tell"}]}
          """);

  private final World world = new World(SLEEPS);

  @AfterEach
  void close() {
    world.close();
  }

  private static void start(World.Member member, int count, String time) {
    for (int i = 0; i < count; i++) {
      member.forge.start(
          SLEEPS, Map.of("time", time), StartOptions.DEFAULT.withExecutionId("e" + i));
    }
  }

  private void pass(Duration time, int steps) {
    for (int i = 0; i < steps; i++) {
      world.time.advance(time);
    }
  }

  private int told() {
    return world.effects.lines().size();
  }

  @Test
  void missed_ones_go_on_in_order_and_not_all_at_once() {
    World.Member first = world.member();
    for (int i = 0; i < 200; i++) {
      first.forge.start(
          SLEEPS, Map.of("time", (100 + i) + "s"), StartOptions.DEFAULT.withExecutionId("e" + i));
    }
    pass(Duration.ofSeconds(1), 2);
    first.kill();
    pass(Duration.ofMinutes(1), 60);
    World.Member second = world.member();
    pass(Duration.ofMillis(100), 10);
    assertThat(told()).isBetween(40, 55);
    pass(Duration.ofMillis(100), 40);
    assertThat(told()).isEqualTo(200);
    List<String> order = IntStream.range(0, 200).mapToObj(i -> "e" + i).toList();
    assertThat(world.effects.lines()).extracting(EffectLog.Line::execution).isEqualTo(order);
    assertThat(
            second
                .forge
                .operations()
                .list(ExecutionQuery.NEWEST.withStatuses(Set.of(ExecutionStatus.COMPLETED))))
        .hasSize(100);
  }

  @Test
  void those_that_come_due_while_it_looks_are_not_held_back() {
    World.Member member = world.member();
    start(member, 200, "100s");
    pass(Duration.ofSeconds(1), 99);
    assertThat(told()).isZero();
    pass(Duration.ofSeconds(1), 7);
    assertThat(told()).isEqualTo(200);
  }
}
