package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.Mutants;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pages that are looked up and written by one statement, which may be a transaction by itself. */
final class PostgresPages extends PagesById {
  private static final String DIVISION_BY_ZERO = "22012";

  /**
   * The worker's row is locked by the same statement: who buries the worker changes that row, so a
   * snapshot from before the burial finds no living worker once the lock is there. A page that
   * leaves a gap divides by zero, so that the statement as a whole fails.
   */
  private static final String APPEND =
      "WITH live AS MATERIALIZED (SELECT w.id FROM {worker} w WHERE w.id = ? AND w.alive = 1"
          + " AND w.lease_until > {now} FOR KEY SHARE)"
          + " INSERT INTO {page} (execution_id, position, epoch, worker, data)"
          + " SELECT i.id, i.position, i.epoch, live.id, i.data FROM live,"
          + " unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::boolean[])"
          + " AS i (id, position, epoch, data, known)"
          + " JOIN {execution} e ON e.id = i.id COLLATE \"C\""
          + " WHERE CASE WHEN i.known OR "
          + (Mutants.NO_EPOCH_CHECK ? "true" : "(e.worker = live.id AND e.epoch = i.epoch)")
          + " THEN"
          + " i.position = 1 OR coalesce((SELECT 1 FROM {page} p WHERE"
          + " p.execution_id = i.id COLLATE \"C\" AND p.position = i.position - 1),"
          + " 1 / (i.position - i.position)) = 1 ELSE false END"
          + " ON CONFLICT DO NOTHING RETURNING execution_id";

  /** Pages that are known to be due: one that stands there already is left, and not given. */
  private static final String APPEND_KNOWN =
      "WITH live AS MATERIALIZED (SELECT w.id FROM {worker} w WHERE w.id = ? AND w.alive = 1"
          + " AND w.lease_until > {now} FOR KEY SHARE)"
          + " INSERT INTO {page} (execution_id, position, epoch, worker, data)"
          + " SELECT i.id, i.position, i.epoch, live.id, i.data FROM live,"
          + " unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[])"
          + " AS i (id, position, epoch, data)"
          + " ON CONFLICT DO NOTHING RETURNING execution_id";

  @Override
  public Set<Integer> append(Session session, String worker, List<Page> pages) throws SQLException {
    Dialect dialect = session.sql().dialect();
    Map<String, Integer> numbers = new HashMap<>(pages.size() * 2);
    String[] ids = new String[pages.size()];
    Long[] positions = new Long[ids.length];
    Long[] epochs = new Long[ids.length];
    String[] data = new String[ids.length];
    Boolean[] known = new Boolean[ids.length];
    for (int number = 0; number < ids.length; number++) {
      Page page = pages.get(number);
      numbers.put(page.executionId(), number);
      ids[number] = dialect.toColumn(page.executionId());
      positions[number] = page.position();
      epochs[number] = page.epoch();
      data[number] = dialect.toColumn(page.data());
      known[number] = page.known();
    }
    Connection connection = session.connection();
    Set<Integer> written = new HashSet<>(ids.length * 2);
    List<Object> arguments = new ArrayList<>();
    arguments.add(worker);
    arguments.add(connection.createArrayOf("text", ids));
    arguments.add(connection.createArrayOf("bigint", positions));
    arguments.add(connection.createArrayOf("bigint", epochs));
    arguments.add(connection.createArrayOf("text", data));
    boolean all = pages.stream().allMatch(Page::known);
    if (!all) {
      arguments.add(connection.createArrayOf("boolean", known));
    }
    try {
      session.query(
          all ? APPEND_KNOWN : APPEND,
          row -> written.add(numbers.get(row.text(1))),
          arguments.toArray());
    } catch (SQLException e) {
      if (DIVISION_BY_ZERO.equals(e.getSQLState())) {
        throw Refusals.gap();
      }
      throw e;
    }
    return written;
  }
}
