package io.flowforge.campaign.mutant;

import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.testkit.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A wait goes on in a process whose clock is an hour ahead of the store's. */
final class ClockAhead implements Story {
  private static final Flow FLOW =
      Flow.parse(
          """
          {"id": "later", "nodes": [
            {"id": "w", "type": "wait", "config": {"duration": "20s"}},
            {"id": "e", "type": "effect"}], "edges": [{"from": "w", "to": "e"}]}
          """);

  @Override
  public List<String> broken(Path folder) {
    List<String> broken = new ArrayList<>();
    ManualTime time = ManualTime.create();
    MemoryStore store = new MemoryStore(time::epochMicros);
    Effects effects = new Effects();
    FlowForge first = new Life(store, time, Duration.ZERO).builder().action(effects).build();
    first.start(FLOW, Map.of(), StartOptions.DEFAULT);
    time.advance(Duration.ofSeconds(1));
    first.close(Duration.ZERO);
    Life ahead = new Life(store, time, Duration.ofHours(1));
    try (FlowForge second =
        ahead.builder().action(effects).drainTimeout(Duration.ofMillis(1)).build()) {
      for (int passed = 2; passed < 20; passed++) {
        time.advance(Duration.ofSeconds(1));
        if (!effects.keys().isEmpty()) {
          broken.add("P8 a wait of 20 s was over after " + passed + " s, " + second.health());
          return broken;
        }
      }
      time.advance(Duration.ofSeconds(20));
    }
    if (effects.keys().size() != 1) {
      broken.add("I9 effects after the wait: " + effects.keys().size());
    }
    return broken;
  }
}
