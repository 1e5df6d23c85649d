package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.PublishedEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Brings events together with what waits for them. */
final class Events {
  private static final int LONGEST_ID = 512;

  private record Waiting(String executionId, String digest, String path) {}

  private Events() {}

  /** What waits and events are brought together by. */
  static String topic(String event, String correlation) {
    return Digest.of(event, correlation);
  }

  private static String digest(EventWait wait) {
    return Digest.of(wait.event(), wait.correlation(), wait.path());
  }

  private static OutgoingMessage message(
      String executionId, String path, String eventId, String payload) {
    // Two node runs of one execution may wait for the same event, and each gets it.
    String id = "event " + eventId + " " + path;
    return new OutgoingMessage(
        executionId,
        new Message(
            id.length() <= LONGEST_ID ? id : "event " + Digest.of(eventId, path),
            Message.Kind.EVENT,
            path,
            payload));
  }

  /** Publishes an event; gives how many waits it ended, and whether others are to be told. */
  static int publish(Session session, PublishedEvent event) throws SQLException {
    String topic = topic(event.event(), event.correlation());
    String digest = Digest.of(event.id());
    Slots.lock(session, List.of(topic));
    session.update("DELETE FROM {event} WHERE keep_until <= {now}");
    List<Long> before =
        session.query(
            "SELECT v.ended FROM {event} v WHERE v.digest = ?", row -> row.number(1), digest);
    if (!before.isEmpty()) {
      return before.get(0).intValue();
    }
    List<Waiting> waits =
        session.query(
            "SELECT w.execution_id, w.digest, w.path FROM {event_wait} w WHERE w.topic = ?",
            row -> new Waiting(row.text(1), row.text(2), row.text(3)),
            topic);
    Map<String, Locked> locked =
        Locked.rows(session, waits.stream().map(Waiting::executionId).toList());
    List<OutgoingMessage> messages = new ArrayList<>();
    List<@Nullable Object[]> ended = new ArrayList<>();
    for (Waiting wait : waits) {
      messages.add(message(wait.executionId(), wait.path(), event.id(), event.payload()));
      ended.add(new @Nullable Object[] {wait.executionId(), wait.digest()});
    }
    Delivery.deliver(session, locked, messages, null);
    session.batch("DELETE FROM {event_wait} WHERE execution_id = ? AND digest = ?", ended);
    session.update(
        "INSERT INTO {event} (digest, topic, id, payload, ended, taken, published, keep_until)"
            + " SELECT ?, ?, ?, ?, ?, ?, {now}, ?",
        digest,
        topic,
        event.id(),
        event.payload(),
        waits.size(),
        waits.isEmpty() ? 0 : 1,
        event.keepUntilMicros());
    if (!waits.isEmpty()) {
      session.sql().dialect().tellOthers(session);
    }
    return waits.size();
  }

  /** Keeps waits; those whose event is kept already end at once, as the messages it gives. */
  static List<OutgoingMessage> await(Session session, Map<String, List<EventWait>> waits)
      throws SQLException {
    List<OutgoingMessage> messages = new ArrayList<>();
    List<@Nullable Object[]> keys = new ArrayList<>();
    Map<String, @Nullable Object[]> rows = new LinkedHashMap<>();
    Set<String> kept = keptTopics(session, waits);
    for (Map.Entry<String, List<EventWait>> entry : waits.entrySet()) {
      for (EventWait wait : entry.getValue()) {
        String topic = topic(wait.event(), wait.correlation());
        OutgoingMessage taken =
            kept.contains(topic) ? take(session, entry.getKey(), wait, topic) : null;
        if (taken != null) {
          messages.add(taken);
          continue;
        }
        String digest = digest(wait);
        keys.add(new @Nullable Object[] {entry.getKey(), digest});
        rows.put(
            entry.getKey() + digest,
            new @Nullable Object[] {entry.getKey(), digest, topic, wait.path()});
      }
    }
    session.batch("DELETE FROM {event_wait} WHERE execution_id = ? AND digest = ?", keys);
    session.batch(
        "INSERT INTO {event_wait} (execution_id, digest, topic, path) VALUES (?, ?, ?, ?)",
        List.copyOf(rows.values()));
    return messages;
  }

  /** Those of the subjects for which an event may be kept; mostly none. */
  private static Set<String> keptTopics(Session session, Map<String, List<EventWait>> waits)
      throws SQLException {
    Set<String> topics = new TreeSet<>();
    for (List<EventWait> list : waits.values()) {
      list.forEach(wait -> topics.add(topic(wait.event(), wait.correlation())));
    }
    if (topics.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        session.query(
            "SELECT v.topic FROM {event} v WHERE v.topic {in} AND v.taken = 0",
            row -> row.text(1),
            new Ids(List.copyOf(topics))));
  }

  private record Kept(String digest, String id, String payload) {}

  private static @Nullable OutgoingMessage take(
      Session session, String executionId, EventWait wait, String topic) throws SQLException {
    List<Kept> kept =
        session.query(
            "SELECT v.digest, v.id, v.payload FROM {event} v WHERE v.topic = ? AND v.taken = 0"
                + " AND v.keep_until > {now} ORDER BY v.published LIMIT 1",
            row -> new Kept(row.text(1), row.text(2), row.text(3)),
            topic);
    if (kept.isEmpty()) {
      return null;
    }
    session.update("UPDATE {event} SET taken = 1 WHERE digest = ?", kept.get(0).digest());
    return message(executionId, wait.path(), kept.get(0).id(), kept.get(0).payload());
  }

  /** Drops waits. */
  static void forget(Session session, Map<String, List<EventWait>> waits) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    waits.forEach(
        (id, list) -> list.forEach(wait -> rows.add(new @Nullable Object[] {id, digest(wait)})));
    session.batch("DELETE FROM {event_wait} WHERE execution_id = ? AND digest = ?", rows);
  }

  /** Drops all waits of executions. */
  static void forgetAll(Session session, List<String> ids) throws SQLException {
    if (!ids.isEmpty()) {
      session.update("DELETE FROM {event_wait} WHERE execution_id {in}", new Ids(ids));
    }
  }
}
