package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The short way where executions have numbers: one statement for each table that changes. */
final class NumberedShortWay implements ShortWay {
  private static final String OWNED =
      Mutants.NO_EPOCH_CHECK
          ? " AND (worker = ? OR epoch = ? OR 1 = 1)"
          : " AND worker = ? AND epoch = ?";

  private static final String CHANGE =
      "UPDATE {execution} SET status = ?, reason = ?, worker = ?, claim_at = NULL, finished = ?,"
          + " recoveries = CASE WHEN ? = 1 THEN 0 ELSE recoveries END WHERE number = ?"
          + OWNED;

  /** An end needs all messages to be read, and is told to the queue by the long way. */
  private static final String END = CHANGE + " AND inbox <= read_to AND queue IS NULL";

  private final Numbers numbers;
  private final PagesByNumber pages;

  /**
   * The short way to pages.
   *
   * @param numbers those of the executions
   */
  NumberedShortWay(Numbers numbers, PagesByNumber pages) {
    this.numbers = numbers;
    this.pages = pages;
  }

  @Override
  public boolean write(Session session, Commit commit) throws SQLException {
    String worker = commit.worker();
    if (Workers.living(session, List.of(worker)).isEmpty()) {
      return false;
    }
    String id = commit.executionId();
    NewExecution created = commit.create();
    Long number = created == null ? numbers.of(id) : Long.valueOf(numbers.next(session));
    if (number == null) {
      return false;
    }
    HeadChange change = commit.change();
    if (created != null) {
      NewRow row = NewRow.owned(created, worker);
      Executions.create(session, change == null ? row : row.with(change), number);
      numbers.keep(id, number);
    } else if (change != null && !change(session, commit, change, number)) {
      return false;
    }
    pages.append(session, commit, number);
    return true;
  }

  private static boolean change(Session session, Commit commit, HeadChange change, long number)
      throws SQLException {
    boolean ends = change.status().isFinal();
    @Nullable Object[] values = {
      change.status().name(),
      change.reason(),
      ends ? null : commit.worker(),
      ends ? change.finishedMicros() : 0,
      change.progressed() ? 1 : 0,
      number,
      commit.worker(),
      commit.epoch()
    };
    if (session.update(ends ? END : CHANGE, values) == 0) {
      return false;
    }
    if (ends) {
      session.update("DELETE FROM {event_wait} WHERE execution_id = ?", commit.executionId());
    }
    return true;
  }
}
