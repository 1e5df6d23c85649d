package io.flowforge.jdbc.internal;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoredExecution;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads executions. */
final class Reading {
  private static final int MOST_AT_ONCE = 200;

  private Reading() {}

  static Optional<ExecutionRecord> find(Session session, String id) throws SQLException {
    return session
        .query("SELECT {head} FROM {execution} e WHERE e.id = ?", Heads::read, id)
        .stream()
        .findFirst();
  }

  /** Reads executions with their pages and unread messages as they were at one moment. */
  static List<StoredExecution> load(Session session, List<String> ids) throws SQLException {
    List<String> sorted = List.copyOf(new TreeSet<>(ids));
    List<StoredExecution> loaded = new ArrayList<>();
    Connection connection = session.connection();
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      for (int from = 0; from < sorted.size(); from += MOST_AT_ONCE) {
        List<String> part = sorted.subList(from, Math.min(sorted.size(), from + MOST_AT_ONCE));
        loadPart(session, part, loaded);
      }
      connection.commit();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      return loaded;
    } catch (SQLException | RuntimeException e) {
      session.spoil();
      throw e;
    }
  }

  private static void loadPart(Session session, List<String> ids, List<StoredExecution> loaded)
      throws SQLException {
    List<ExecutionRecord> heads =
        session.query(
            "SELECT {head} FROM {execution} e WHERE e.id {in}", Heads::read, new Ids(ids));
    Map<String, List<String>> pages = new HashMap<>();
    session
        .sql()
        .dialect()
        .pages()
        .read(
            session,
            new Ids(ids),
            (id, page) -> pages.computeIfAbsent(id, any -> new ArrayList<>()).add(page));
    Map<String, List<ReceivedMessage>> unread = new HashMap<>();
    session.query(
        "SELECT m.execution_id, m.number, m.id, m.kind, m.name, m.payload FROM {message} m"
            + " WHERE m.execution_id {in} ORDER BY m.execution_id, m.number",
        row -> unread.computeIfAbsent(row.text(1), id -> new ArrayList<>()).add(message(row)),
        new Ids(ids));
    for (ExecutionRecord head : heads) {
      loaded.add(
          new StoredExecution(
              head,
              pages.getOrDefault(head.id(), List.of()),
              unread.getOrDefault(head.id(), List.of())));
    }
  }

  private static ReceivedMessage message(Row row) throws SQLException {
    return new ReceivedMessage(
        row.text(1),
        row.number(2),
        new Message(row.text(3), Message.Kind.valueOf(row.text(4)), row.text(5), row.text(6)));
  }

  static List<ReceivedMessage> inbox(Session session, String worker, int limit)
      throws SQLException {
    return session.query(
        "SELECT m.execution_id, m.number, m.id, m.kind, m.name, m.payload FROM {execution} e"
            + " JOIN {message} m ON m.execution_id = e.id"
            + " WHERE e.worker = ? AND e.inbox > e.read_to"
            + " ORDER BY m.execution_id, m.number LIMIT ?",
        Reading::message,
        worker,
        limit);
  }

  static List<ExecutionRecord> list(Session session, ExecutionQuery query) throws SQLException {
    StringBuilder text = new StringBuilder("SELECT {head} FROM {execution} e WHERE 1 = 1");
    List<@Nullable Object> values = new ArrayList<>();
    if (query.flowId() != null) {
      text.append(" AND e.flow_id = ?");
      values.add(query.flowId());
    }
    if (query.tenant() != null) {
      text.append(" AND e.tenant = ?");
      values.add(query.tenant());
      if (!query.tenant().isEmpty()) {
        // Lets the index of those with a tenant be used where it has no others.
        text.append(" AND e.tenant <> ''");
      }
    }
    statuses(query.statuses(), text);
    for (Map.Entry<String, String> attribute : query.attributes().entrySet()) {
      text.append(
          " AND EXISTS (SELECT 1 FROM {attribute} a WHERE a.digest = ?"
              + " AND a.execution_id = e.id)");
      values.add(Executions.digest(attribute));
    }
    if (query.fromMicros() != 0) {
      text.append(" AND e.started >= ?");
      values.add(query.fromMicros());
    }
    if (query.toMicros() != 0) {
      text.append(" AND e.started < ?");
      values.add(query.toMicros());
    }
    if (!query.afterId().isEmpty()) {
      // Said twice, because the first part alone can be looked up in an index everywhere.
      text.append(" AND e.started <= ? AND (e.started < ? OR e.id < ?)");
      values.add(query.afterMicros());
      values.add(query.afterMicros());
      values.add(query.afterId());
    }
    // A number, because plans hang on it; statuses are texts for the same reason.
    text.append(" ORDER BY e.started DESC, e.id DESC LIMIT ").append(query.limit());
    return session.query(text.toString(), Heads::read, values.toArray());
  }

  private static void statuses(Set<ExecutionStatus> statuses, StringBuilder text) {
    if (statuses.isEmpty()) {
      return;
    }
    text.append(" AND e.status IN (");
    String comma = "";
    for (ExecutionStatus status : new TreeSet<>(statuses)) {
      text.append(comma).append('\'').append(status.name()).append('\'');
      comma = ", ";
    }
    text.append(')');
  }

  /** Deletes ended executions with all that belongs to them; gives how many. */
  static int purge(Session session, Set<ExecutionStatus> statuses, long finishedBefore, int limit)
      throws SQLException {
    Set<ExecutionStatus> ended = new TreeSet<>(statuses);
    ended.removeIf(status -> !status.isFinal());
    if (ended.isEmpty() || limit < 1) {
      return 0;
    }
    // Said of the start as well, which is the only one of both that has an index everywhere.
    StringBuilder text =
        new StringBuilder(
            "SELECT e.id FROM {execution} e WHERE e.finished > 0 AND e.finished < ?"
                + " AND e.started < ?");
    statuses(ended, text);
    text.append(" ORDER BY ").append(session.sql().dialect().oldestFirst()).append(" LIMIT ?");
    List<String> ids =
        session.query(text.toString(), row -> row.text(1), finishedBefore, finishedBefore, limit);
    int purged = 0;
    for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
      Ids found = new Ids(ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE)));
      List<String> mine =
          session.query(
              "SELECT e.id FROM {execution} e WHERE e.id {in} FOR UPDATE SKIP LOCKED",
              row -> row.text(1),
              found);
      if (mine.isEmpty()) {
        continue;
      }
      Ids part = new Ids(mine);
      purged += mine.size();
      session.sql().dialect().pages().delete(session, part);
      session.update("DELETE FROM {message} WHERE execution_id {in}", part);
      session.update("DELETE FROM {seen} WHERE execution_id {in}", part);
      session.update("DELETE FROM {event_wait} WHERE execution_id {in}", part);
      session.update("DELETE FROM {attribute} WHERE execution_id {in}", part);
      session.update("DELETE FROM {execution} WHERE id {in}", part);
    }
    return purged;
  }
}
