package io.flowforge.benchmarks;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import io.flowforge.spi.store.FlowStore;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Heap of an engine while a store holds very many executions that wait. */
final class StoredWaiting {
  private static final int COUNT = 100_000;
  private static final int STARTERS = 64;

  private StoredWaiting() {}

  static void measure(Place place) throws InterruptedException {
    Flow flow = Flow.builder("long").node("wait", "wait", n -> n.config("duration", "9h")).build();
    FlowStore store = place.store();
    try (FlowForge forge =
        FlowForge.builder().discoverPlugins(false).keepEnded(0).store(store).build()) {
      forge.start(flow, Map.of()).cancel("warm");
      long before = live();
      AtomicInteger left = new AtomicInteger(COUNT);
      Thread[] starters = new Thread[STARTERS];
      long begin = System.nanoTime();
      for (int i = 0; i < STARTERS; i++) {
        starters[i] =
            new Thread(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    forge.start(flow, Map.of());
                  }
                });
        starters[i].start();
      }
      for (Thread starter : starters) {
        starter.join();
      }
      while (((Number) forge.health().facts().get("underWay")).intValue() > 0) {
        Thread.sleep(50);
      }
      System.out.printf(
          "%s, %,d executions that wait in the store, begun in %.0f s: %.1f MB of heap more than"
              + " before (bar 100 MB)%n",
          place.name(), COUNT, (System.nanoTime() - begin) / 1e9, (live() - before) / 1e6);
    }
  }

  private static long live() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
