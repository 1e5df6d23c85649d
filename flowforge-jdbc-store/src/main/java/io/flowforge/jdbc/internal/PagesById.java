package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.Commit;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Pages by the id of their execution and their position. */
class PagesById extends CheckedPages {
  @Override
  public final String last() {
    return "(SELECT p.position FROM {page} p WHERE p.execution_id = e.id"
        + " ORDER BY p.execution_id DESC, p.position DESC LIMIT 1)";
  }

  @Override
  final String number() {
    return "0";
  }

  @Override
  final Long numberOf(Page page) {
    return 0L;
  }

  @Override
  final String insert() {
    return "INSERT INTO {page} (execution_id, position, epoch, worker, data)"
        + " VALUES (?, ?, ?, ?, ?)";
  }

  @Override
  final @Nullable Object[] values(Session session, Page page, String worker, long number) {
    return new @Nullable Object[] {
      page.executionId(), page.position(), page.epoch(), worker, page.data()
    };
  }

  @Override
  public final @Nullable String standing(Session session, Commit commit) throws SQLException {
    return session
        .query(
            "SELECT p.data FROM {page} p WHERE p.execution_id = ? AND p.position = ?"
                + " AND p.epoch = ? AND p.worker = ?",
            row -> row.text(1),
            commit.executionId(),
            commit.position(),
            commit.epoch(),
            commit.worker())
        .stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public final void read(Session session, Ids executions, BiConsumer<String, String> told)
      throws SQLException {
    session.query(
        "SELECT p.execution_id, p.data FROM {page} p WHERE p.execution_id {in}"
            + " ORDER BY p.execution_id, p.position",
        row -> {
          told.accept(row.text(1), row.text(2));
          return true;
        },
        executions);
  }

  @Override
  public final void delete(Session session, Ids executions) throws SQLException {
    session.update("DELETE FROM {page} WHERE execution_id {in}", executions);
  }
}
