package io.flowforge.campaign.mutant;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import io.flowforge.testkit.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node fails twice and then succeeds. */
final class Retried implements Story {
  private static final Flow FLOW =
      Flow.parse(
          """
          {"id": "again", "nodes": [{"id": "e", "type": "effect", "config": {"fails": 2},
            "retry": {"strategy": "fixed", "delay": "1s", "jitter": "none", "maxAttempts": 3}}]}
          """);

  @Override
  public List<String> broken(Path folder) {
    ManualTime time = ManualTime.create();
    Effects effects = new Effects();
    try (FlowForge forge =
        FlowForge.builder().discoverPlugins(false).time(time).action(effects).build()) {
      forge.start(FLOW, Map.of());
      time.advance(Duration.ofMinutes(1));
    }
    Set<String> different = new HashSet<>(effects.keys());
    return effects.keys().size() == 3 && different.size() == 1
        ? List.of()
        : List.of("I8 " + effects.keys().size() + " attempts had " + different.size() + " keys");
  }
}
