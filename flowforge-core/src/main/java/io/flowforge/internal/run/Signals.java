package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events sent to one execution: waits for them, and those that came early, by name.
 *
 * <p>All methods run on the thread that drives the run.
 */
final class Signals {
  private final Run run;
  private final Map<String, ArrayDeque<EventBus.Kept>> early = new HashMap<>();
  private final Map<String, List<EventWork>> waiting = new HashMap<>();

  /** Ids of the messages that came, as far as their senders gave any. */
  private final Set<String> known = new HashSet<>();

  Signals(Run run) {
    this.run = run;
  }

  /** One that a caller sends; false when it came before under the same id. */
  boolean send(String name, @Nullable Object payload, @Nullable String messageId) {
    if (messageId != null && known.contains(messageId)) {
      return false;
    }
    if (run.ending.isDecided()) {
      throw new FlowForgeException(
          "FF-SIGNAL-FINAL",
          "execution " + run.id() + " has ended or is ending and takes no signal \"" + name + "\"");
    }
    if (messageId != null) {
      known.add(messageId);
    }
    deliver(name, payload);
    return true;
  }

  /** One that the store brings; too late, it is nothing. */
  void hear(String name, @Nullable Object payload) {
    if (!run.ending.isDecided() && run.journal != null) {
      run.journal.signal(name, payload);
      deliver(name, payload);
    }
  }

  /** Gives it to all that wait for the name, or keeps it. */
  private void deliver(String name, @Nullable Object payload) {
    List<EventWork> waits = waiting.remove(name);
    if (waits == null) {
      early.computeIfAbsent(name, key -> new ArrayDeque<>()).add(new EventBus.Kept(payload));
      return;
    }
    for (EventWork wait : waits) {
      wait.signalled(payload);
    }
  }

  /** Keeps one that came in an earlier life of the run. */
  void keep(String name, @Nullable Object payload) {
    early.computeIfAbsent(name, key -> new ArrayDeque<>()).add(new EventBus.Kept(payload));
  }

  /** A node run of an earlier life took the oldest, if it is still there. */
  void dropOldest(String name) {
    ArrayDeque<EventBus.Kept> kept = early.get(name);
    if (kept != null) {
      kept.poll();
    }
  }

  /** An early one, or null when the wait is now registered. */
  EventBus.@Nullable Kept take(String name, EventWork wait) {
    ArrayDeque<EventBus.Kept> kept = early.get(name);
    EventBus.Kept first = kept == null ? null : kept.poll();
    if (first == null) {
      waiting.computeIfAbsent(name, key -> new ArrayList<>()).add(wait);
    }
    return first;
  }

  void forget(String name, EventWork wait) {
    List<EventWork> waits = waiting.get(name);
    if (waits != null && waits.remove(wait) && waits.isEmpty()) {
      waiting.remove(name);
    }
  }
}
