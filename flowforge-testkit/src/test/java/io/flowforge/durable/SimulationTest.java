package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.StartOptions;
import io.flowforge.StartOutcomeUnknownException;
import io.flowforge.execution.Json;
import io.flowforge.spi.store.StoredExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three processes on one store, with deaths, stand-stills, refused commits and lost answers drawn
 * from a seed: in the end every execution has ended as it does without any of that, and its journal
 * and the world outside say that it went right on the way.
 *
 * <p>{@code -Dflowforge.simulation.seeds=FROM-TO} runs others than the usual ones.
 */
class SimulationTest {
  private static final int MEMBERS = 3;
  private static final int EXECUTIONS = 4;
  private static final Map<String, List<Object>> CALM = new HashMap<>();

  @BeforeAll
  static void runsEverythingOnceInPeace() {
    for (DurableFlows.Named flow : DurableFlows.all()) {
      try (World world = new World(DurableFlows.child())) {
        World.Member member = world.member();
        Execution execution =
            member.forge.start(
                flow.flow(), Map.of("n", 1), StartOptions.DEFAULT.withExecutionId("e1"));
        for (int hour = 0; hour < 5; hour++) {
          world.time.advance(Duration.ofHours(1));
        }
        CALM.put(flow.name(), DurableFlows.state(execution.snapshot()));
      }
    }
  }

  static List<Long> seeds() {
    String[] range = System.getProperty("flowforge.simulation.seeds", "1-150").split("-");
    List<Long> seeds = new ArrayList<>();
    for (long seed = Long.parseLong(range[0]); seed <= Long.parseLong(range[1]); seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everythingEndsAsInPeace(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (World world = new World(DurableFlows.child())) {
      List<World.Member> members = new ArrayList<>();
      Map<String, DurableFlows.Named> wanted = new HashMap<>();
      for (int i = 0; i < EXECUTIONS; i++) {
        List<DurableFlows.Named> all = DurableFlows.all();
        wanted.put("e" + i, all.get(random.nextInt(all.size())));
      }
      Set<String> acknowledged = new HashSet<>();
      for (int step = 0; step < 40; step++) {
        while (members.size() < MEMBERS) {
          members.add(world.member());
        }
        disturb(members, random);
        World.Member starter = members.get(random.nextInt(members.size()));
        start(starter, "e" + random.nextInt(EXECUTIONS), wanted, acknowledged);
        world.time.advance(Duration.ofMillis(random.nextInt(9_000)));
        members.removeIf(World.Member::isDead);
      }
      members.forEach(World.Member::goOn);
      World.Member last = world.member();
      for (int turn = 0; turn < 4; turn++) {
        wanted.keySet().forEach(id -> start(last, id, wanted, acknowledged));
        for (int second = 0; second < 90; second++) {
          world.time.advance(Duration.ofSeconds(1));
        }
        world.time.advance(Duration.ofHours(3));
      }
      assertThat(acknowledged).containsExactlyInAnyOrderElementsOf(wanted.keySet());
      wanted.forEach((id, flow) -> judge(world, last, id, flow));
    }
  }

  private static void disturb(List<World.Member> members, SplittableRandom random) {
    World.Member member = members.get(random.nextInt(members.size()));
    switch (random.nextInt(8)) {
      case 0 -> member.kill();
      case 1 -> member.stop();
      case 2 -> member.goOn();
      case 3, 4 -> {
        FlakyStore.Fault[] faults = FlakyStore.Fault.values();
        member.store.failNextCommit(faults[random.nextInt(faults.length)]);
      }
      default -> members.get(random.nextInt(members.size())).goOn();
    }
  }

  private static void start(
      World.Member member,
      String id,
      Map<String, DurableFlows.Named> wanted,
      Set<String> acknowledged) {
    if (member.isDead() || member.isStopped()) {
      return;
    }
    try {
      member.forge.start(
          wanted.get(id).flow(), Map.of("n", 1), StartOptions.DEFAULT.withExecutionId(id));
      acknowledged.add(id);
    } catch (StartOutcomeUnknownException unknown) {
      // It may be started again with that id, by whomever.
    } catch (io.flowforge.FlowForgeException refused) {
      assertThat(refused.code()).isIn("FF-FENCED", "FF-STORE-UNAVAILABLE");
    }
  }

  private static void judge(World world, World.Member last, String id, DurableFlows.Named flow) {
    Execution execution = last.forge.execution(id).orElseThrow();
    assertThat(DurableFlows.state(execution.snapshot()))
        .as(id + " " + flow)
        .isEqualTo(CALM.get(flow.name()));
    StoredExecution stored = world.store.load(List.of(id)).toCompletableFuture().join().get(0);
    Set<String> ended = new HashSet<>();
    int finals = 0;
    for (String page : stored.pages()) {
      for (Object entry : (List<?>) java.util.Objects.requireNonNull(Json.parse(page))) {
        Map<?, ?> map = (Map<?, ?>) entry;
        if (map.get("end") instanceof String path) {
          assertThat(ended.add(path)).as(id + ": one result of " + path).isTrue();
        }
        finals += map.containsKey("ended") ? 1 : 0;
      }
    }
    assertThat(finals).as(id + ": final transitions").isEqualTo(1);
    world
        .effects
        .byKey()
        .forEach(
            (key, lines) -> {
              EffectLog.Line first = lines.get(0);
              assertThat(lines)
                  .as("one input of " + first)
                  .extracting(EffectLog.Line::input)
                  .containsOnly(first.input());
              assertThat(lines)
                  .as("one node run of " + first)
                  .extracting(EffectLog.Line::path)
                  .containsOnly(first.path());
            });
  }
}
