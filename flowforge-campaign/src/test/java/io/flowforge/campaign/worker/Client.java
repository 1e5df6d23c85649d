package io.flowforge.campaign.worker;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Who starts executions and talks to them.
 *
 * <p>What has returned is written into the file {@code acks}, a line each. A client that comes
 * later repeats what it does not find there, as any caller does who got no answer.
 */
final class Client {
  private static final long LOOK_MILLIS = 10;

  private final FlowForge forge;
  private final Flow flow;
  private final Path acks;
  private final Settings settings;
  private final long until;

  Client(FlowForge forge, Flow flow, Settings settings) {
    this.forge = forge;
    this.flow = flow;
    this.settings = settings;
    this.acks = settings.folder().resolve("acks");
    this.until = System.nanoTime() + settings.time("patience", "PT150S").toNanos();
  }

  /** Starts what has not been started, as far as it knows. */
  void start() {
    for (int i = 0; i < settings.number("count", 1); i++) {
      String id = "e" + i;
      once("START " + id, () -> start(flow, id, i(id)));
    }
  }

  private static int i(String id) {
    return Integer.parseInt(id.substring(1));
  }

  private void start(Flow what, String id, int n) {
    while (true) {
      try {
        forge.start(what, Map.of("n", n), StartOptions.DEFAULT.withExecutionId(id));
        return;
      } catch (FlowForgeException refused) {
        // An outage of the store, or an answer that was lost: the same id again is safe.
        if (!refused.retryable() || System.nanoTime() > until) {
          throw refused;
        }
        pause();
      }
    }
  }

  /** Starts another execution and sees it end: the engine is of use still. */
  boolean canary(Flow other) {
    start(other, "canary", 0);
    return awaits(() -> isOver("canary"));
  }

  /** Does what the scenario asks for. */
  void act() {
    switch (settings.text("client", "none")) {
      case "signal" -> each("SIGNAL", id -> find(id).signal("go", Map.of("ok", true)));
      case "late-signal" -> eachWaiting("SIGNAL", id -> find(id).signal("go", Map.of("ok", true)));
      case "answer" -> eachWaiting("ANSWER", id -> find(id).answer("ask", Map.of("ok", true)));
      case "cancel" -> eachWaiting("CANCEL", id -> find(id).cancel("it was asked for"));
      default -> {
        // Nothing is done to them.
      }
    }
  }

  private interface Act {
    void on(String id);
  }

  private void eachWaiting(String word, Act act) {
    each(
        word,
        id -> {
          awaits(() -> statusOf(id) == ExecutionStatus.WAITING || isOver(id));
          act.on(id);
        });
  }

  private void each(String word, Act act) {
    for (int i = 0; i < settings.number("count", 1); i++) {
      String id = "e" + i;
      once(
          word + " " + id,
          () -> {
            try {
              act.on(id);
            } catch (FlowForgeException refused) {
              // The first one counted though its answer was lost.
              if (!isOver(id) && !refused.code().startsWith("FF-ANSWER")) {
                throw refused;
              }
            }
          });
    }
  }

  private void once(String word, Runnable act) {
    try {
      List<String> known = Files.exists(acks) ? Files.readAllLines(acks) : List.of();
      if (!known.contains(word)) {
        act.run();
        Files.writeString(acks, word + "\n", CREATE, APPEND);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Execution find(String id) {
    return forge.execution(id).orElseThrow();
  }

  private ExecutionStatus statusOf(String id) {
    return find(id).status();
  }

  private boolean isOver(String id) {
    try {
      ExecutionStatus status = statusOf(id);
      return status.isFinal() || status == ExecutionStatus.PARKED;
    } catch (FlowForgeException unreachable) {
      // The store may be away for now.
      return false;
    }
  }

  /** Waits until all have ended; false when that takes too long. */
  boolean awaitAll() {
    for (int i = 0; i < settings.number("count", 1); i++) {
      String id = "e" + i;
      if (!awaits(() -> isOver(id))) {
        return false;
      }
    }
    return true;
  }

  /** Waits for something; false when that takes too long. */
  boolean awaits(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
