package io.flowforge.campaign.worker;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.flow.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process of the campaign: one engine for each scenario's folder it is given.
 *
 * <p>The first argument says what it is: {@code first} starts executions and does to them what the
 * scenario asks for; {@code finish} repeats what was not acknowledged, sees all of them end, and
 * then runs one more; {@code leave} starts them and closes the engine at once; {@code work} drives
 * what others have started until the file {@code stop} is there. Ends with 0 when all is done, and
 * with 3 when it takes too long; a failure ends it with 1.
 */
public final class CrashMain {
  private static final int LATE = 3;

  private CrashMain() {}

  /**
   * Runs.
   *
   * @param arguments what it is, and folders
   */
  public static void main(String[] arguments) throws Exception {
    List<Callable<Boolean>> lives = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      Settings settings = Settings.read(Path.of(arguments[i]));
      lives.add(() -> live(arguments[0], settings));
    }
    boolean done = true;
    ExecutorService threads = Executors.newFixedThreadPool(lives.size());
    try {
      for (Future<Boolean> life : threads.invokeAll(lives)) {
        done &= life.get();
      }
    } finally {
      threads.shutdown();
    }
    // Otherwise it ends by itself, as no thread of an engine is left to hold it.
    if (!done) {
      System.exit(LATE);
    }
  }

  private static boolean live(String role, Settings settings) throws IOException {
    Path folder = settings.folder();
    Flow flow = Flow.parse(Files.readString(folder.resolve("flow.json")));
    Flow child = Flow.parse(Files.readString(folder.resolve("child.json")));
    try (EffectFile effects = new EffectFile(folder.resolve("effects"));
        FlowForge forge = engine(settings, effects).flow(child).flow(flow).build()) {
      Files.writeString(folder.resolve("up-" + ProcessHandle.current().pid()), "");
      boolean done = run(role, new Client(forge, flow, settings), child, folder);
      tell(forge, folder);
      return done;
    }
  }

  private static boolean run(String role, Client client, Flow child, Path folder) {
    switch (role) {
      case "first", "finish" -> {
        client.start();
        client.act();
        return client.awaitAll() && (role.equals("first") || client.canary(child));
      }
      case "leave" -> {
        client.start();
        return true;
      }
      case "work" -> {
        return client.awaits(() -> Files.exists(folder.resolve("stop")));
      }
      default -> throw new IllegalArgumentException("no such role: " + role);
    }
  }

  private static FlowForgeBuilder engine(Settings settings, EffectFile effects) {
    return FlowForge.builder()
        .discoverPlugins(false)
        .store(Stores.of(settings))
        .lease(settings.time("lease", "PT1S"))
        .scanInterval(settings.time("scan", "PT0.2S"))
        .leaveAfter(settings.time("leaveAfter", "PT10S"))
        .startDeadline(Duration.ofSeconds(20))
        .drainTimeout(Duration.ofSeconds(5))
        .maxRecoveries(settings.number("recoveries", 10))
        .action(new Effect(effects))
        .action(new Hold(effects, settings.folder()));
  }

  /** Leaves the engine's own figures for evidence. */
  private static void tell(FlowForge forge, Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    Map<String, Object> facts = new TreeMap<>(forge.health().facts());
    facts.forEach((name, fact) -> lines.append(name).append('=').append(fact).append('\n'));
    Files.writeString(folder.resolve("facts-" + ProcessHandle.current().pid()), lines);
  }
}
