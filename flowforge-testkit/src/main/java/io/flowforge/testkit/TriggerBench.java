package io.flowforge.testkit;

import io.flowforge.FlowForgeException;
import io.flowforge.spi.TriggerContext.Fired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What triggers under test work with: manual time, a cursor in memory, and a list of events. */
final class TriggerBench implements AutoCloseable {
  private static final long REAL_MILLIS = 200;

  private final ManualTime time = ManualTime.create();
  private final Map<String, Object> cursors = new ConcurrentHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private boolean started;
  private boolean refusing;
  private int early;
  private int refused;

  /** An event that was fired. */
  record Event(String node, String key, @Nullable Object event) {}

  BenchContext context(String node) {
    return new BenchContext(this, node);
  }

  ManualTime time() {
    return time;
  }

  Map<String, Object> cursors() {
    return cursors;
  }

  /** The start of the trigger has returned. */
  synchronized void started() {
    started = true;
  }

  /** The next event is refused as an engine that is full refuses it. */
  synchronized void refuseNext() {
    refusing = true;
  }

  synchronized int refused() {
    return refused;
  }

  synchronized int firedBeforeStarted() {
    return early;
  }

  synchronized List<Event> fired() {
    return List.copyOf(events);
  }

  synchronized List<String> keys() {
    return events.stream().map(Event::key).toList();
  }

  synchronized CompletionStage<Fired> fire(String node, String key, @Nullable Object event) {
    notifyAll();
    if (refusing) {
      refusing = false;
      refused++;
      return CompletableFuture.failedFuture(
          new FlowForgeException("FF-OVERLOADED", "the engine is full", Map.of(), true, null));
    }
    early += started ? 0 : 1;
    boolean known = events.stream().anyMatch(one -> one.node.equals(node) && one.key.equals(key));
    if (!known) {
      events.add(new Event(node, key, event));
    }
    return CompletableFuture.completedFuture(new Fired(node + "-" + key, !known));
  }

  /** Lets the trigger work, and moves the time from timer to timer, until something has come. */
  void moveUntil(BooleanSupplier done, Duration reach, int steps) {
    Instant end = time.now().plus(reach);
    await(done);
    for (int i = 0; i < steps && !done.getAsBoolean() && !time.now().isAfter(end); i++) {
      if (!time.advanceToNextTimer()) {
        return;
      }
      time.settle();
    }
  }

  /** A trigger may hear of its source on threads of its own: a moment of real time for these. */
  private synchronized void await(BooleanSupplier done) {
    long deadline = System.nanoTime() + REAL_MILLIS * 1_000_000L;
    try {
      for (long left = REAL_MILLIS; left > 0 && !done.getAsBoolean(); ) {
        wait(left);
        left = (deadline - System.nanoTime()) / 1_000_000L;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    time.close();
  }
}
