package io.flowforge.internal.memory;

import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.PublishedEvent;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings events and those that wait for them together. */
final class Topics {
  private static final int LONGEST_ID = 512;

  private final Inboxes inboxes;
  private final Map<Topic, Map<Waiter, EventWait>> waiting = new HashMap<>();

  /** Events that no wait has taken yet, oldest first. */
  private final Map<Topic, Map<String, PublishedEvent>> untaken = new HashMap<>();

  /** By id: how many waits each kept event has ended. */
  private final Map<String, Integer> known = new HashMap<>();

  /** The kept events by the end of their time. */
  private final NavigableMap<Rows.Key, Topic> ends = new TreeMap<>();

  private record Topic(String event, String correlation) {}

  private record Waiter(Row row, String path) {}

  Topics(Inboxes inboxes) {
    this.inboxes = inboxes;
  }

  int publish(PublishedEvent event, long now) {
    dropOld(now);
    Integer before = known.get(event.id());
    if (before != null) {
      return before;
    }
    Topic topic = new Topic(event.event(), event.correlation());
    Map<Waiter, EventWait> waiters = new LinkedHashMap<>(waiting.getOrDefault(topic, Map.of()));
    waiters.forEach(
        (waiter, wait) -> {
          forget(waiter.row, wait);
          bring(event, waiter, now);
        });
    if (event.keepUntilMicros() > now) {
      keep(event, topic, waiters.size());
    }
    return waiters.size();
  }

  private void keep(PublishedEvent event, Topic topic, int ended) {
    known.put(event.id(), ended);
    ends.put(new Rows.Key(event.keepUntilMicros(), event.id()), topic);
    if (ended == 0) {
      untaken.computeIfAbsent(topic, key -> new LinkedHashMap<>()).put(event.id(), event);
    }
  }

  void await(Row row, EventWait wait, long now) {
    dropOld(now);
    Topic topic = new Topic(wait.event(), wait.correlation());
    Waiter waiter = new Waiter(row, wait.path());
    PublishedEvent early = takeFirst(topic);
    if (early != null) {
      bring(early, waiter, now);
    } else if (row.waits.add(wait)) {
      waiting.computeIfAbsent(topic, key -> new LinkedHashMap<>()).put(waiter, wait);
    }
  }

  void forget(Row row, EventWait wait) {
    if (row.waits.remove(wait)) {
      Topic topic = new Topic(wait.event(), wait.correlation());
      take(waiting, topic, new Waiter(row, wait.path()));
    }
  }

  void forgetAll(Row row) {
    List.copyOf(row.waits).forEach(wait -> forget(row, wait));
  }

  private void bring(PublishedEvent event, Waiter waiter, long now) {
    String id = "event " + event.id() + " " + waiter.path;
    String shown = id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id;
    // The event's own id keeps it from coming twice, so the id of the message need not be new.
    inboxes.put(
        waiter.row, new Message(shown, Message.Kind.EVENT, waiter.path, event.payload()), now);
  }

  private @Nullable PublishedEvent takeFirst(Topic topic) {
    Map<String, PublishedEvent> same = untaken.get(topic);
    if (same == null) {
      return null;
    }
    PublishedEvent first = same.values().iterator().next();
    take(untaken, topic, first.id());
    return first;
  }

  private void dropOld(long now) {
    Iterator<Map.Entry<Rows.Key, Topic>> old =
        ends.headMap(new Rows.Key(now + 1, ""), false).entrySet().iterator();
    while (old.hasNext()) {
      Map.Entry<Rows.Key, Topic> one = old.next();
      known.remove(one.getKey().id());
      take(untaken, one.getValue(), one.getKey().id());
      old.remove();
    }
  }

  private static <K> void take(Map<Topic, ? extends Map<K, ?>> all, Topic topic, K one) {
    Map<K, ?> same = all.get(topic);
    if (same != null) {
      same.remove(one);
      if (same.isEmpty()) {
        all.remove(topic);
      }
    }
  }
}
