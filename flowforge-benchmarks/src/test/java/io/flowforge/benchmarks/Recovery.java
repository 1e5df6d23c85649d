package io.flowforge.benchmarks;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;

/**
 * A process with ten thousand executions under way is killed; another goes on with them. Each has
 * done an effect and waits in memory.
 */
final class Recovery {
  private static final int COUNT = 10_000;
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration SCAN = Duration.ofSeconds(1);
  private static final Duration BAR = LEASE.plus(SCAN).plusSeconds(5);

  private Recovery() {}

  /** The process that is killed: begins the executions, says so, and waits. */
  public static void main(String[] args) throws InterruptedException {
    FlowForge forge = engine(args[0]);
    forge.startAll(flow(), Collections.nCopies(COUNT, Map.of()), COUNT);
    // Created, and the wait behind the effect.
    await(forge, "storePages", 2L * COUNT);
    System.out.println("under way");
    Thread.sleep(Duration.ofHours(1).toMillis());
  }

  private static FlowForge engine(String url) {
    return FlowForge.builder()
        .discoverPlugins(false)
        .action(new Durable.Touch())
        .maxPending(1_000_000)
        .leaveAfter(Duration.ofHours(99))
        .lease(LEASE)
        .scanInterval(SCAN)
        .store(Place.store(url))
        .build();
  }

  private static Flow flow() {
    return Flow.builder("held")
        .node("touch", "touch", node -> node.config("name", "x"))
        .node("wait", "wait", node -> node.config("duration", "9h"))
        .edge("touch", "wait")
        .build();
  }

  private static void await(FlowForge forge, String fact, long least) throws InterruptedException {
    while (((Number) forge.health().facts().get(fact)).longValue() < least) {
      Thread.sleep(20);
    }
  }

  static void measure(Place place) throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Recovery.class.getName(),
                place.url())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      if (!"under way".equals(said.readLine())) {
        throw new IllegalStateException("the other process has ended");
      }
      // H2's file is open in one process at a time.
      FlowForge early = place.name().equals("h2") ? null : engine(place.url());
      other.destroyForcibly();
      long killed = System.nanoTime();
      other.waitFor();
      try (FlowForge forge = early == null ? engine(place.url()) : early) {
        await(forge, "resumed", COUNT);
        System.out.printf(
            "%s, %,d executions of a killed process run again after %.1f s (bar %d s: lease %d, scan"
                + " %d, and 5)%n",
            place.name(),
            COUNT,
            (System.nanoTime() - killed) / 1e9,
            BAR.toSeconds(),
            LEASE.toSeconds(),
            SCAN.toSeconds());
      }
    } finally {
      other.destroyForcibly();
    }
  }
}
