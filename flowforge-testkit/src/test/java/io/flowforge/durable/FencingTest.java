package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.StartOptions;
import io.flowforge.durable.FlakyStore.LeaseFault;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes that were thought dead, or think they live. */
class FencingTest {
  private static final Flow TICKS =
      Flow.parse(
          """
          {"id": "ticks", "variables": {"n": 0}, "nodes": [
            {"id": "w", "type": "while", "config": {"condition": "vars.n < 20", "maxIterations": 30, "body": {
              "nodes": [{"id": "tick", "type": "effect", "config": {"value": "${vars.n}"}},
                        {"id": "rest", "type": "wait", "config": {"duration": "4s"}},
                        {"id": "i", "type": "variable", "config": {"operation": "increment", "name": "n"}}],
              "edges": [{"from": "tick", "to": "rest"}, {"from": "rest", "to": "i"}], "outputs": {"n": "${vars.n}"}}}}],
           "edges": [], "outputs": {"n": "${vars.n}"}}
          """);

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private void pass(long seconds) {
    for (int i = 0; i < seconds; i++) {
      world.time.advance(Duration.ofSeconds(1));
    }
  }

  private long firstTokenOf(int member) {
    return world.effects.lines().stream()
        .filter(line -> line.member() == member)
        .mapToLong(EffectLog.Line::token)
        .min()
        .orElseThrow();
  }

  private static void start(World.Member member) {
    member.forge.start(TICKS, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
  }

  private void assertEveryTickWasDoneOnceBy(Execution execution) {
    assertThat(execution.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(execution.snapshot().outputs()).isEqualTo(Map.of("n", 20));
    assertThat(world.effects.lines()).hasSize(20);
    assertThat(world.effects.byKey()).hasSize(20);
  }

  @Test
  void a_process_that_stood_still_finds_its_executions_taken_and_changes_nothing() {
    World.Member zombie = world.member();
    World.Member other = world.member();
    start(zombie);
    pass(10);
    zombie.stop();
    pass(60);
    zombie.goOn();
    pass(60);
    assertEveryTickWasDoneOnceBy(other.forge.execution("x").orElseThrow());
    assertThat(world.effects.lines()).extracting(EffectLog.Line::member).contains(1, 2);
    // Whoever took it has the greater token.
    assertThat(world.effects.lines())
        .allSatisfy(
            line -> assertThat(line.token()).isEqualTo(line.member() == 1 ? 1 : firstTokenOf(2)));
    assertThat(firstTokenOf(2)).isGreaterThan(1);
    assertThat(zombie.forge.health().facts()).containsEntry("leasesLost", 1L);
    assertThat(other.forge.health().facts()).containsEntry("takeovers", 1L);
  }

  @Test
  void a_short_stand_still_costs_nothing() {
    World.Member member = world.member();
    World.Member other = world.member();
    start(member);
    pass(9);
    member.stop();
    pass(15);
    member.goOn();
    pass(100);
    assertEveryTickWasDoneOnceBy(member.forge.execution("x").orElseThrow());
    assertThat(world.effects.lines()).extracting(EffectLog.Line::member).containsOnly(1);
    assertThat(other.forge.health().facts()).containsEntry("takeovers", 0L);
  }

  @Test
  void without_renewals_no_effect_begins_past_two_thirds_of_the_lease() {
    World.Member deaf = world.member();
    World.Member other = world.member();
    start(deaf);
    deaf.store.renewals(LeaseFault.SILENT);
    deaf.store.enlistments(LeaseFault.SILENT);
    long begin = world.time.epochMicros() / 1000;
    pass(150);
    assertEveryTickWasDoneOnceBy(other.forge.execution("x").orElseThrow());
    List<EffectLog.Line> early =
        world.effects.lines().stream().filter(line -> line.member() == 1).toList();
    assertThat(early).hasSizeBetween(4, 5);
    assertThat(early).allSatisfy(line -> assertThat(line.millis() - begin).isLessThan(20_000L));
    // At the end of the lease it has given up, though the store never answered.
    assertThat(deaf.forge.health().facts()).containsEntry("leasesLost", 1L);
    assertThat(deaf.forge.executions()).isEmpty();
  }

  @Test
  void a_store_that_throws_for_a_while_costs_nothing() {
    World.Member member = world.member();
    start(member);
    member.store.renewals(LeaseFault.THROWS);
    pass(15);
    member.store.renewals(LeaseFault.NONE);
    pass(100);
    assertEveryTickWasDoneOnceBy(member.forge.execution("x").orElseThrow());
    assertThat(member.forge.health().facts()).containsEntry("leasesLost", 0L);
  }

  @Test
  void an_engine_without_a_lease_asks_again_when_it_is_not_answered() {
    World.Member member = world.member();
    start(member);
    member.store.renewals(LeaseFault.SILENT);
    member.store.enlistments(LeaseFault.SILENT);
    pass(60);
    assertThat(member.forge.health().facts()).containsEntry("leasesLost", 1L);
    member.store.renewals(LeaseFault.NONE);
    member.store.enlistments(LeaseFault.NONE);
    pass(150);
    assertEveryTickWasDoneOnceBy(member.forge.execution("x").orElseThrow());
  }
}
