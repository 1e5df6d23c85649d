package io.flowforge.campaign.mutant;

import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.store.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine closes while a node runs, which ends in time; so nobody does its work again. */
final class Closed implements Story {
  private static final Flow FLOW =
      Flow.parse("{\"id\": \"slow\", \"nodes\": [{\"id\": \"s\", \"type\": \"slow\"}]}");

  @Override
  public List<String> broken(Path folder) throws Exception {
    MemoryStore store = new MemoryStore(() -> System.nanoTime() / 1000);
    Slow slow = new Slow(store);
    FlowForge first = engine(store, slow);
    first.start(FLOW, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    if (!slow.begun.await(30, TimeUnit.SECONDS)) {
      return List.of("I9 the node does not begin");
    }
    first.close();
    try (FlowForge second = engine(store, slow)) {
      second.execution("x").orElseThrow().result().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    return slow.effects.get() == 1
        ? List.of()
        : List.of("P12 a drained effect was done " + slow.effects.get() + " times");
  }

  private static FlowForge engine(MemoryStore store, Slow slow) {
    FlowForge forge =
        FlowForge.builder()
            .discoverPlugins(false)
            .store(store.handle())
            .requireDurability(Durability.NONE)
            .action(slow)
            .build();
    forge.register(FLOW);
    return forge;
  }

  /** Ends once its execution is no longer owned, or soon. */
  private static final class Slow implements Action<Slow.Config> {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final MemoryStore store;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicInteger effects = new AtomicInteger();

    /** Nothing to set. */
    record Config() {}

    Slow(MemoryStore store) {
      this.store = store;
    }

    @Override
    public ActionDescriptor<Config> descriptor() {
      return ActionDescriptor.<Config>of("slow", Config.class)
          .title("Slow")
          .description("Takes its time.");
    }

    @Override
    public Object run(Config config, ActionContext context) {
      effects.incrementAndGet();
      begun.countDown();
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (System.nanoTime() < end
          && Steps.get(store.find("x")).filter(head -> head.worker() != null).isPresent()) {
        Thread.onSpinWait();
      }
      return effects.get();
    }
  }
}
