package io.flowforge.benchmarks;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** Live heap and threads that waiting executions cost; a program, because JMH measures time. */
final class HeapOfWaiting {
  private HeapOfWaiting() {}

  /** Prints bytes per execution and threads for the count that the first argument gives. */
  public static void main(String[] args) throws InterruptedException {
    int count = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
    Flow flow = Flow.builder("long").node("wait", "wait", n -> n.config("duration", "1h")).build();
    try (FlowForge forge =
        FlowForge.builder().discoverPlugins(false).maxPending(10_000_000).keepEnded(0).build()) {
      forge.start(flow, Map.of()).cancel("warm");
      long before = live();
      Execution[] all = new Execution[count];
      for (int i = 0; i < count; i++) {
        all[i] = forge.start(flow, Map.of());
      }
      long after = live();
      System.out.printf(
          "%,d waiting executions: %d bytes of live heap each, %d threads in the JVM%n",
          count, (after - before) / count, ManagementFactory.getThreadMXBean().getThreadCount());
      for (Execution one : all) {
        one.cancel("measured");
      }
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
