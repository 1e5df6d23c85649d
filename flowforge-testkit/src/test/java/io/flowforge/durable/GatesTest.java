package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rate limits and circuit breakers that engines share through their store. */
class GatesTest {
  private static final Flow LIMITED =
      Flow.parse(
          """
          {"id": "limited", "nodes": [
            {"id": "a", "type": "effect", "config": {"value": 1},
             "rateLimit": {"key": "mail", "permits": 2, "per": "10s"}}]}
          """);
  private static final Flow BREAKS =
      Flow.parse(
          """
          {"id": "breaks", "inputs": {"fails": {"default": 0}}, "nodes": [
            {"id": "a", "type": "effect", "config": {"value": 1, "fails": "${inputs.fails}"},
             "circuitBreaker": {"key": "shop", "failureThreshold": 1, "openFor": "60s"}}]}
          """);

  private final World world = new World(LIMITED, BREAKS);

  @AfterEach
  void close() {
    world.close();
  }

  private static StartOptions id(String id) {
    return StartOptions.DEFAULT.withExecutionId(id);
  }

  private void pass(long seconds) {
    for (int i = 0; i < seconds; i++) {
      world.time.advance(Duration.ofSeconds(1));
    }
  }

  private ExecutionStatus status(String id) {
    return world.store.find(id).toCompletableFuture().join().orElseThrow().status();
  }

  @Test
  void engines_together_do_not_pass_a_rate_in_any_period() {
    World.Member first = world.member();
    World.Member second = world.member();
    for (int i = 0; i < 10; i++) {
      (i % 2 == 0 ? first : second).forge.start(LIMITED, Map.of(), id("e" + i));
      pass(1);
    }
    pass(60);
    List<Long> times = world.effects.lines().stream().map(EffectLog.Line::millis).sorted().toList();
    assertThat(times).hasSize(10);
    for (int i = 2; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 2)).isGreaterThanOrEqualTo(10_000);
    }
    assertThat(times.get(9) - times.get(0)).isLessThan(60_000);
  }

  @Test
  void who_waits_for_a_permit_goes_on_when_its_engine_dies() {
    World.Member first = world.member();
    World.Member second = world.member();
    for (int i = 0; i < 4; i++) {
      first.forge.start(LIMITED, Map.of(), id("e" + i));
    }
    first.kill();
    pass(70);
    assertThat(world.effects.lines().stream().map(EffectLog.Line::execution).distinct().toList())
        .hasSize(4);
    assertThat(status("e3")).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(second.forge.health().facts().get("resumed")).isNotNull();
  }

  @Test
  void a_breaker_that_opens_in_one_engine_is_open_in_the_others() {
    World.Member first = world.member();
    World.Member second = world.member();
    second.forge.start(BREAKS, Map.of(), id("well"));
    first.forge.start(BREAKS, Map.of("fails", 1), id("bad"));
    pass(6);
    int before = world.effects.lines().size();
    second.forge.start(BREAKS, Map.of(), id("refused"));
    pass(1);
    assertThat(status("well")).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(status("refused")).isEqualTo(ExecutionStatus.FAILED);
    assertThat(world.effects.lines()).hasSize(before);
    pass(60);
    second.forge.start(BREAKS, Map.of(), id("again"));
    pass(1);
    assertThat(status("again")).isEqualTo(ExecutionStatus.COMPLETED);
  }
}
