package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.OutgoingMessage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Puts messages into inboxes. */
final class Delivery {
  private Delivery() {}

  /** What a message is recognised by. */
  static String digest(String executionId, String messageId) {
    return Digest.of(executionId, messageId);
  }

  /**
   * Delivers messages to executions that are locked, in this order; those for others and for ended
   * ones are dropped, and so are those that came before.
   *
   * @return how many came newly to executions that nobody or somebody else owns than the worker
   */
  static int deliver(
      Session session,
      Map<String, Locked> locked,
      List<OutgoingMessage> messages,
      @Nullable String worker)
      throws SQLException {
    Set<String> before = seen(session, messages);
    Set<String> seen = new HashSet<>(before);
    List<@Nullable Object[]> inboxes = new ArrayList<>();
    Map<String, @Nullable Object[]> digests = new LinkedHashMap<>();
    Set<Locked> receivers = new LinkedHashSet<>();
    Set<Locked> cancelled = new HashSet<>();
    int foreign = 0;
    for (OutgoingMessage outgoing : messages) {
      Locked receiver = locked.get(outgoing.executionId());
      Message message = outgoing.message();
      String digest = digest(outgoing.executionId(), message.id());
      // An event comes by its own id, which is known elsewhere.
      boolean event = message.kind() == Message.Kind.EVENT;
      if (receiver == null || receiver.status.isFinal() || (!seen.add(digest) && !event)) {
        continue;
      }
      receiver.inbox++;
      receivers.add(receiver);
      if (message.kind() == Message.Kind.CANCEL) {
        cancelled.add(receiver);
      }
      if (receiver.worker == null || !receiver.worker.equals(worker)) {
        foreign++;
      }
      digests.put(digest, new @Nullable Object[] {digest, receiver.id});
      inboxes.add(
          new @Nullable Object[] {
            receiver.id,
            receiver.inbox,
            message.id(),
            message.kind().name(),
            message.name(),
            message.payload()
          });
    }
    digests.keySet().removeAll(before);
    if (Mutants.MEMORY_DEDUP) {
      Heard.of(session).addAll(digests.keySet());
    } else {
      session.batch(
          "INSERT INTO {seen} (digest, execution_id) VALUES (?, ?)", List.copyOf(digests.values()));
    }
    session.batch(
        "INSERT INTO {message} (execution_id, number, id, kind, name, payload)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        inboxes);
    notice(session, receivers, cancelled);
    return foreign;
  }

  private static void notice(Session session, Set<Locked> receivers, Set<Locked> cancelled)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<@Nullable Object[]> asleep = new ArrayList<>();
    for (Locked receiver : receivers) {
      boolean sleeps = Places.sleepsOn(session, receiver, cancelled.contains(receiver));
      (sleeps ? asleep : rows).add(new @Nullable Object[] {receiver.inbox, receiver.id});
    }
    session.batch(
        "UPDATE {execution} SET inbox = ?, claim_at = CASE WHEN worker IS NULL"
            + " AND status <> 'PARKED' AND (claim_at IS NULL OR claim_at > {now})"
            + " THEN {now} ELSE claim_at END WHERE id = ?",
        rows);
    session.batch("UPDATE {execution} SET inbox = ? WHERE id = ?", asleep);
  }

  /** Whether a message came before. */
  static boolean isSeen(Session session, OutgoingMessage message) throws SQLException {
    return !seen(session, List.of(message)).isEmpty();
  }

  private static Set<String> seen(Session session, List<OutgoingMessage> messages)
      throws SQLException {
    if (messages.isEmpty()) {
      return new HashSet<>();
    }
    List<String> digests =
        messages.stream()
            .map(outgoing -> digest(outgoing.executionId(), outgoing.message().id()))
            .toList();
    if (Mutants.MEMORY_DEDUP) {
      Set<String> heard = new HashSet<>(digests);
      heard.retainAll(Heard.of(session));
      return heard;
    }
    return new HashSet<>(
        session.query(
            "SELECT s.digest FROM {seen} s WHERE s.digest {in}",
            row -> row.text(1),
            new Ids(digests)));
  }

  /** What each store of this process remembers, where it must do without the table. */
  private static final class Heard {
    private static final Map<Sql, Set<String>> ALL = new ConcurrentHashMap<>();

    static Set<String> of(Session session) {
      return ALL.computeIfAbsent(session.sql(), any -> ConcurrentHashMap.newKeySet());
    }
  }
}
