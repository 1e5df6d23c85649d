package io.flowforge.internal.engine;

import io.flowforge.internal.run.EventBus;
import io.flowforge.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Waits and early events of one engine, by event name and correlation. */
final class MemoryEvents implements EventBus {
  private static final long KEPT_MICROS = SharedGates.micros(Duration.ofDays(7));
  private static final int MOST_KEPT = 10_000;

  private final TimeSource time;
  private final Map<Topic, Set<Waiter>> waiting = new HashMap<>();
  private final Map<Topic, ArrayDeque<Early>> early = new HashMap<>();
  private final ArrayDeque<Early> oldest = new ArrayDeque<>();

  /** How many waits an event woke, by its id. */
  private final Map<String, CompletableFuture<Integer>> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Integer>> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private record Topic(String event, @Nullable String correlation) {}

  /** An event that came first; taken once, or dropped when its time is over. */
  private static final class Early {
    private final Topic topic;
    private final Kept kept;
    private final long until;

    Early(Topic topic, Kept kept, long until) {
      this.topic = topic;
      this.kept = kept;
      this.until = until;
    }
  }

  MemoryEvents(TimeSource time) {
    this.time = time;
  }

  /** Once for an id; gives the same for it again. */
  int publish(
      @Nullable String id, String event, @Nullable String correlation, @Nullable Object payload) {
    if (id == null) {
      return publish(event, correlation, payload);
    }
    CompletableFuture<Integer> mine = new CompletableFuture<>();
    CompletableFuture<Integer> before;
    synchronized (this) {
      before = known.putIfAbsent(id, mine);
    }
    if (before != null) {
      return before.join();
    }
    mine.complete(publish(event, correlation, payload));
    return mine.join();
  }

  @Override
  public int publish(String event, @Nullable String correlation, @Nullable Object payload) {
    Topic topic = new Topic(event, correlation);
    int woken = 0;
    while (woken == 0) {
      List<Waiter> waiters;
      synchronized (this) {
        Set<Waiter> found = waiting.remove(topic);
        if (found == null) {
          keep(topic, payload);
          return 0;
        }
        waiters = new ArrayList<>(found);
      }
      for (Waiter waiter : waiters) {
        if (waiter.take(payload)) {
          woken++;
        }
      }
    }
    return woken;
  }

  private void keep(Topic topic, @Nullable Object payload) {
    dropOld();
    if (oldest.size() >= MOST_KEPT) {
      drop(oldest.poll());
    }
    Early one = new Early(topic, new Kept(payload), time.epochMicros() + KEPT_MICROS);
    early.computeIfAbsent(topic, key -> new ArrayDeque<>()).add(one);
    oldest.add(one);
  }

  private void dropOld() {
    long now = time.epochMicros();
    while (!oldest.isEmpty() && oldest.peek().until < now) {
      drop(oldest.poll());
    }
  }

  private void drop(@Nullable Early one) {
    if (one != null) {
      ArrayDeque<Early> same = early.get(one.topic);
      if (same != null && same.remove(one) && same.isEmpty()) {
        early.remove(one.topic);
      }
    }
  }

  @Override
  public synchronized @Nullable Kept await(
      String event, @Nullable String correlation, Waiter waiter) {
    Topic topic = new Topic(event, correlation);
    dropOld();
    ArrayDeque<Early> same = early.get(topic);
    Early first = same == null ? null : same.peek();
    if (first != null) {
      drop(first);
      oldest.remove(first);
      return first.kept;
    }
    waiting.computeIfAbsent(topic, key -> new LinkedHashSet<>()).add(waiter);
    return null;
  }

  @Override
  public synchronized void forget(String event, @Nullable String correlation, Waiter waiter) {
    Topic topic = new Topic(event, correlation);
    Set<Waiter> same = waiting.get(topic);
    if (same != null && same.remove(waiter) && same.isEmpty()) {
      waiting.remove(topic);
    }
  }
}
