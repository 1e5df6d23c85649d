package io.flowforge.benchmarks;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A chain of ten effects, each result durable before the next begins, beside loops written by hand
 * over the same database: one insert and one commit for each step, and ten steps for each commit;
 * on Redis, one script call for each step. A program, because JMH does not measure servers.
 */
final class Durable {
  static final int STEPS = 10;
  private static final int TURNS = 10;

  private Durable() {}

  /** An effect outside that costs nothing. */
  static final class Touch implements Action<NoOp.Config> {
    @Override
    public ActionDescriptor<NoOp.Config> descriptor() {
      return ActionDescriptor.<NoOp.Config>of("touch", NoOp.Config.class).nonBlocking();
    }

    @Override
    public Object run(NoOp.Config config, ActionContext context) {
      return NoOp.body();
    }
  }

  /**
   * Measures rates, or what the first word says: {@code waiting}, {@code claim} or {@code
   * recovery}; the words behind it are stores.
   */
  public static void main(String[] args) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(args));
    List<String> kinds = List.of("waiting", "claim", "recovery");
    String kind = !words.isEmpty() && kinds.contains(words.get(0)) ? words.remove(0) : "rates";
    List<String> stores = words.isEmpty() ? List.of("h2", "postgresql", "redis") : words;
    for (String name : stores) {
      try (Place place = Place.open(name)) {
        switch (kind) {
          case "waiting" -> StoredWaiting.measure(place);
          case "claim" -> Claiming.measure(place);
          case "recovery" -> Recovery.measure(place);
          default -> measure(place);
        }
      }
    }
    System.exit(0);
  }

  private static void measure(Place place) throws SQLException, InterruptedException {
    try (FlowForge forge =
            FlowForge.builder()
                .discoverPlugins(false)
                .action(new Touch())
                .store(place.store())
                .build();
        Loop loop = place.isRedis() ? new RedisLoop(place.url()) : new SqlLoop(place.url())) {
      Flow flow = flow();
      one(place, forge, flow, loop);
      many(place, forge, flow, loop, 64, 1, 256);
      many(place, forge, flow, loop, 1_000, STEPS, 2_000);
    }
  }

  /** What the store and the processors did between two moments, for each step of the flow. */
  private record Tally(long commits, long pages, long micros) {
    static Tally of(Place place, FlowForge forge) {
      Map<String, Object> facts = forge.health().facts();
      return new Tally(
          ((Number) facts.get("storeCommits")).longValue(),
          ((Number) facts.get("storePages")).longValue(),
          place.serverMicros() + ownMicros());
    }

    static long ownMicros() {
      return ((com.sun.management.OperatingSystemMXBean)
                  ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime()
          / 1000;
    }

    String since(Tally before, long alone, int executions) {
      double steps = (double) executions * STEPS;
      return String.format(
          "a step: %.3f calls of the store, %.2f pages, %.0f us of processors (engine and server), by hand"
              + " %.0f us",
          (commits - before.commits) / steps,
          (pages - before.pages) / steps,
          (micros - before.micros - alone) / steps,
          alone / steps);
    }
  }

  private static Flow flow() {
    Flow.Builder flow = Flow.builder("chain");
    for (int i = 0; i < STEPS; i++) {
      flow.node("n" + i, "touch", node -> node.config("name", "x"));
      if (i > 0) {
        flow.edge("n" + (i - 1), "n" + i);
      }
    }
    return flow.build();
  }

  /** Both in turns, so that what else the machine does hits both alike; the first turn warms up. */
  private static void one(Place place, FlowForge forge, Flow flow, Loop loop) throws SQLException {
    int count = 20;
    List<Long> hand = new ArrayList<>();
    List<Long> engine = new ArrayList<>();
    Tally before = Tally.of(place, forge);
    long alone = 0;
    for (int turn = 0; turn <= TURNS; turn++) {
      if (turn == 1) {
        hand.clear();
        engine.clear();
        before = Tally.of(place, forge);
        alone = 0;
      }
      long used = place.serverMicros() + Tally.ownMicros();
      for (long time : loop.times(count)) {
        hand.add(time);
      }
      alone += place.serverMicros() + Tally.ownMicros() - used;
      for (int i = 0; i < count; i++) {
        long begin = System.nanoTime();
        forge.start(flow, Map.of()).await(Duration.ofMinutes(1));
        engine.add(System.nanoTime() - begin);
      }
    }
    System.out.printf(
        "%s, one at a time: engine %.2f ms, hand-written %.2f ms, ratio %.2f (bar at most 1.5)%n  %s%n",
        place.name(),
        median(engine),
        median(hand),
        median(engine) / median(hand),
        Tally.of(place, forge).since(before, alone, count * TURNS));
  }

  private static double median(List<Long> nanos) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2) / 1e6;
  }

  private static void many(
      Place place, FlowForge forge, Flow flow, Loop loop, int atOnce, int batch, int count)
      throws InterruptedException {
    double hand = 0;
    double engine = 0;
    Tally before = Tally.of(place, forge);
    long alone = 0;
    for (int turn = 0; turn <= TURNS; turn++) {
      if (turn == 1) {
        hand = 0;
        engine = 0;
        before = Tally.of(place, forge);
        alone = 0;
      }
      long used = place.serverMicros() + Tally.ownMicros();
      long begin = System.nanoTime();
      loop.run(atOnce, count, batch);
      hand += (System.nanoTime() - begin) / 1e9;
      alone += place.serverMicros() + Tally.ownMicros() - used;
      begin = System.nanoTime();
      forge
          .startAll(flow, Collections.nCopies(count, Map.of()), atOnce)
          .toCompletableFuture()
          .join();
      engine += (System.nanoTime() - begin) / 1e9;
    }
    int all = count * TURNS;
    System.out.printf(
        "%s, %d at once: engine %.0f/s, hand-written with %d steps at a time %.0f/s, ratio %.2f (bar at"
            + " least %s)%n  %s%n",
        place.name(),
        atOnce,
        all / engine,
        batch,
        all / hand,
        hand / engine,
        place.isRedis() || batch > 1 ? "0.5" : "1.5",
        Tally.of(place, forge).since(before, alone, all));
  }
}
