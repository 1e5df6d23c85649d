package io.flowforge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.store.Durability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Executions whose pages go alone, on the thread that drives them, and in calls with others. */
final class TogetherTest {
  private static final int STEPS = 10;

  private final AtomicInteger steps = new AtomicInteger();

  /** The config of a step. */
  record Config(String name) {}

  /** An effect that returns at once. */
  private final class Step implements Action<Config> {
    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.of("step", Config.class).nonBlocking();
    }

    @Override
    public Object run(Config config, ActionContext context) {
      steps.incrementAndGet();
      return Map.of("name", config.name());
    }
  }

  private static Flow chain() {
    Flow.Builder flow = Flow.builder("chain");
    for (int i = 0; i < STEPS; i++) {
      flow.node("n" + i, "step", node -> node.config("name", "x"));
      if (i > 0) {
        flow.edge("n" + (i - 1), "n" + i);
      }
    }
    return flow.build();
  }

  private FlowForge engine() {
    return FlowForge.builder()
        .discoverPlugins(false)
        .action(new Step())
        .lease(Steps.LEASE)
        .scanInterval(Steps.LEASE)
        .requireDurability(Durability.NONE)
        .store(JdbcStore.at("jdbc:h2:mem:together;DB_CLOSE_DELAY=-1"))
        .build();
  }

  @Test
  void one_alone_writes_a_page_for_each_step() {
    try (FlowForge forge = engine()) {
      ExecutionResult result = forge.start(chain(), Map.of()).await(Duration.ofMinutes(1));
      assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(steps).hasValue(STEPS);
      assertThat(forge.health().facts()).containsEntry("storePages", (long) STEPS + 1);
    }
  }

  @Test
  void many_that_meet_all_end() {
    try (FlowForge forge = engine()) {
      List<ExecutionResult> results =
          Steps.get(
              forge.startAll(
                  chain(),
                  IntStream.range(0, 200).mapToObj(i -> Map.<String, Object>of()).toList(),
                  3));
      assertThat(results)
          .hasSize(200)
          .allMatch(result -> result.status() == ExecutionStatus.COMPLETED);
      assertThat(steps).hasValue(200 * STEPS);
    }
  }
}
