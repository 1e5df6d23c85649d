package io.flowforge.campaign.mutant;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import io.flowforge.flow.Flow;
import io.flowforge.testkit.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** More executions are started than the engine may have under way. */
final class Overload implements Story {
  private static final int MOST = 5;
  private static final int STARTED = 8;
  private static final Flow FLOW =
      Flow.parse(
          "{\"id\": \"wait\", \"nodes\": [{\"id\": \"w\", \"type\": \"wait\", \"config\":"
              + " {\"duration\": \"1h\"}}]}");

  @Override
  public List<String> broken(Path folder) {
    int refused = 0;
    try (FlowForge forge =
        FlowForge.builder()
            .discoverPlugins(false)
            .time(ManualTime.create())
            .maxPending(MOST)
            .drainTimeout(Duration.ofMillis(1))
            .build()) {
      for (int number = 0; number < STARTED; number++) {
        try {
          forge.start(FLOW, Map.of());
        } catch (FlowForgeException full) {
          refused += full.code().equals("FF-OVERLOADED") ? 1 : 0;
        }
      }
    }
    return refused == STARTED - MOST
        ? List.of()
        : List.of("P13 of " + STARTED + " starts " + refused + " were refused");
  }
}
