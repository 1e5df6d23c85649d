package io.flowforge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.QueueOptions;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Queues of engines that share a PostgreSQL server. */
class SharedQueueTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Flow FLOW =
      Flow.parse(
          """
          {"id": "crowd", "nodes": [
            {"id": "in", "type": "door", "config": {"step": 1}},
            {"id": "w", "type": "wait", "config": {"duration": "2ms"}},
            {"id": "out", "type": "door", "config": {"step": -1}}],
           "edges": [{"from": "in", "to": "w"}, {"from": "w", "to": "out"}]}
          """);

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  /** Counts who is inside. */
  private record Config(int step) {}

  private final class Door implements Action<Config> {
    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.<Config>of("door", Config.class)
          .title("Door")
          .description("Counts who goes in and out.")
          .nonBlocking();
    }

    @Override
    public Object run(Config config, ActionContext context) {
      if (config.step > 0) {
        order.add(context.executionId());
      }
      most.accumulateAndGet(inside.addAndGet(config.step), Math::max);
      return Map.of();
    }
  }

  private FlowForge engine(String database) throws Exception {
    FlowForge engine =
        FlowForge.builder()
            .discoverPlugins(false)
            .store(JdbcStore.at(Postgres.url(database)))
            .scanInterval(Duration.ofMillis(200))
            .action(new Door())
            .build();
    engine.register(FLOW);
    return engine;
  }

  private static StartOptions in(String id, int limit) {
    return StartOptions.DEFAULT
        .withExecutionId(id)
        .withQueue(QueueOptions.of("crowd").withLimit(limit));
  }

  @Test
  void two_engines_keep_to_one_limit() throws Exception {
    try (FlowForge first = engine("crowded");
        FlowForge second = engine("crowded")) {
      List<Execution> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        all.add((i % 2 == 0 ? first : second).start(FLOW, Map.of(), in("e" + i, 2)));
      }
      for (Execution one : all) {
        assertThat(one.await(LONG).status()).isEqualTo(ExecutionStatus.COMPLETED);
      }
    }
    assertThat(order).hasSize(30).doesNotHaveDuplicates();
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void one_at_a_time_begin_in_the_order_of_acceptance() throws Exception {
    List<String> ids = new ArrayList<>();
    try (FlowForge first = engine("ordered");
        FlowForge second = engine("ordered")) {
      List<Execution> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        ids.add("e" + i);
        all.add((i % 2 == 0 ? first : second).start(FLOW, Map.of(), in("e" + i, 1)));
      }
      for (Execution one : all) {
        one.await(LONG);
      }
    }
    assertThat(order).containsExactlyElementsOf(ids);
    assertThat(most.get()).isEqualTo(1);
  }
}
