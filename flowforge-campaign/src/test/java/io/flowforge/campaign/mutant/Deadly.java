package io.flowforge.campaign.mutant;

import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.testkit.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Each process dies of one node; after so many deaths the execution is parked. */
final class Deadly implements Story {
  private static final int MOST = 3;
  private static final Flow FLOW =
      Flow.parse("{\"id\": \"deadly\", \"nodes\": [{\"id\": \"e\", \"type\": \"effect\"}]}");

  @Override
  public List<String> broken(Path folder) {
    ManualTime time = ManualTime.create();
    MemoryStore store = new MemoryStore(time::epochMicros);
    Effects effects = new Effects();
    try (Life first = new Life(store, time, Duration.ZERO).dyingAt(2)) {
      first
          .builder()
          .action(effects)
          .build()
          .start(FLOW, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    }
    for (int life = 0; life <= MOST; life++) {
      try (Life next = new Life(store, time, Duration.ZERO).dyingAt(1)) {
        live(next, effects, time);
      }
    }
    Life last = new Life(store, time, Duration.ZERO);
    live(last, effects, time);
    ExecutionRecord head = Steps.get(store.find("x")).orElseThrow();
    return head.status() == ExecutionStatus.PARKED && "CRASH_LOOP".equals(head.reason())
        ? List.of()
        : List.of(
            "P15 after "
                + effects.keys().size()
                + " effects that killed their process the execution is "
                + head.status());
  }

  private static void live(Life life, Effects effects, ManualTime time) {
    FlowForge forge = life.builder().maxRecoveries(MOST).action(effects).build();
    forge.register(FLOW);
    time.advance(Life.LEASE.multipliedBy(2));
  }
}
