package io.flowforge.campaign.mutant;

import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.testkit.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The store has written a page, and the engine never hears of it. */
final class LostAnswer implements Story {
  private static final Flow FLOW =
      Flow.parse(
          """
          {"id": "pair", "nodes": [{"id": "a", "type": "effect"}, {"id": "b", "type": "effect"}],
           "edges": [{"from": "a", "to": "b"}]}
          """);

  @Override
  public List<String> broken(Path folder) {
    List<String> broken = new ArrayList<>();
    ManualTime time = ManualTime.create();
    MemoryStore store = new MemoryStore(time::epochMicros);
    Life life = new Life(store, time, Duration.ZERO).muteAt(2);
    FlowForge forge = life.builder().action(new Effects()).build();
    forge.start(FLOW, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    time.advance(Duration.ofMinutes(1));
    life.close();
    Set<Object> ended = new HashSet<>();
    boolean over = false;
    for (String page : Steps.get(store.load(List.of("x"))).get(0).pages()) {
      for (Object entry : (List<?>) Objects.requireNonNull(Json.parse(page))) {
        Map<?, ?> one = (Map<?, ?>) entry;
        if (one.get("end") != null && !ended.add(one.get("end"))) {
          broken.add("I3 two results of node " + one.get("end"));
        }
        over |= one.containsKey("ended");
      }
    }
    if (!over) {
      broken.add("I9 the execution does not end");
    }
    return broken;
  }
}
