package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import java.sql.Array;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The short way on PostgreSQL: one statement, which is also the transaction.
 *
 * <p>The worker's row is locked by the same statement, as in {@link PostgresPages}. A head that
 * another transaction holds is waited for and checked again as that has left it. A page that stands
 * there already lets the whole fail, and the long way finds out.
 */
final class PostgresShortWay implements ShortWay {
  private static final String LIVE =
      "WITH live AS MATERIALIZED (SELECT w.id FROM {worker} w WHERE w.id = ? AND w.alive = 1"
          + " AND w.lease_until > {now} FOR KEY SHARE)";

  private static final String PAGE =
      " INSERT INTO {page} (execution_id, position, epoch, worker, data)";

  private static final String CREATE =
      LIVE
          + ", created AS (INSERT INTO {execution} ("
          + Executions.COLUMNS
          + ") SELECT ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text,"
          + " ?::text, 1, 0, 0, 0, ?::bigint, ?::bigint, ?::bigint FROM live"
          + " ON CONFLICT DO NOTHING RETURNING id),"
          + " attributed AS (INSERT INTO {attribute} (digest, execution_id)"
          + " SELECT a.digest, created.id FROM created, unnest(?::text[]) AS a (digest))"
          + PAGE
          + " SELECT created.id, 1, 1, live.id, ?::text FROM created, live RETURNING execution_id";

  private static final String UPDATE =
      LIVE
          + ", head AS (UPDATE {execution} e SET status = ?::text, reason = ?::text,"
          + " worker = ?::text, claim_at = NULL, finished = ?::bigint,"
          + " recoveries = CASE WHEN ?::bigint = 1 THEN 0 ELSE e.recoveries END FROM live"
          + " WHERE e.id = ?"
          + (Mutants.NO_EPOCH_CHECK
              ? " AND (e.epoch = ?::bigint OR true)"
              : " AND e.worker = live.id AND e.epoch = ?::bigint");

  private static final String WRITTEN =
      PAGE
          + " SELECT head.id, ?::bigint, head.epoch, head.worker, ?::text FROM head"
          + " RETURNING execution_id";

  private static final String CHANGE =
      UPDATE + " RETURNING e.id, e.epoch, live.id AS worker)" + WRITTEN;

  /** An end needs all messages to be read, and is told to the queue by the long way. */
  private static final String END =
      UPDATE
          + " AND e.inbox <= e.read_to AND e.queue IS NULL"
          + " RETURNING e.id, e.epoch, live.id AS worker),"
          + " waits AS (DELETE FROM {event_wait} v USING head WHERE v.execution_id = head.id)"
          + WRITTEN;

  @Override
  public boolean write(Session session, Commit commit) throws SQLException {
    NewExecution created = commit.create();
    HeadChange change = commit.change();
    if (created != null) {
      NewRow row = NewRow.owned(created, commit.worker());
      return create(session, commit, change == null ? row : row.with(change));
    }
    return change != null && change(session, commit, change);
  }

  private static boolean create(Session session, Commit commit, NewRow row) throws SQLException {
    NewExecution created = row.execution();
    Array attributes =
        session
            .connection()
            .createArrayOf(
                "text",
                created.attributes().entrySet().stream()
                    .map(Executions::digest)
                    .toArray(String[]::new));
    return wrote(
        session,
        CREATE,
        commit.worker(),
        created.id(),
        created.flowId(),
        created.flowHash(),
        created.tenant(),
        Heads.attributes(created.attributes()),
        created.start(),
        row.status().name(),
        row.reason(),
        row.worker(),
        row.claimAt(),
        created.startedMicros(),
        row.finished(),
        attributes,
        commit.page());
  }

  private static boolean change(Session session, Commit commit, HeadChange change)
      throws SQLException {
    boolean ends = change.status().isFinal();
    return wrote(
        session,
        ends ? END : CHANGE,
        commit.worker(),
        change.status().name(),
        change.reason(),
        ends ? null : commit.worker(),
        ends ? change.finishedMicros() : 0,
        change.progressed() ? 1 : 0,
        commit.executionId(),
        commit.epoch(),
        commit.position(),
        commit.page());
  }

  private static boolean wrote(Session session, String text, @Nullable Object... values)
      throws SQLException {
    return session.alone(same -> !same.query(text, row -> row.text(1), values).isEmpty());
  }
}
