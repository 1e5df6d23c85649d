package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.store.FencedException;
import io.flowforge.spi.store.Lease;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Workers, their leases and their end. */
final class Workers {
  private record Standing(String id, boolean expired, String hint) {}

  private Workers() {}

  /** Those of the workers whose lease runs, with their rows locked against burial. */
  static Set<String> living(Session session, Collection<String> workers) throws SQLException {
    Set<String> living = new HashSet<>();
    for (String worker : workers) {
      living.addAll(
          session.query(
              "SELECT id FROM {worker} WHERE id = ? AND alive = 1 AND lease_until > {now} {share}",
              row -> row.text(1),
              worker));
    }
    return living;
  }

  static Lease enlist(Session session, String worker, long leaseMicros, String process)
      throws SQLException {
    long now = session.now();
    session.update(
        "INSERT INTO {worker} (id, alive, lease_until, process) VALUES (?, 1, ?, ?)",
        worker,
        now + leaseMicros,
        process);
    return new Lease(now, now + leaseMicros);
  }

  static Lease renew(Session session, String worker, long leaseMicros) throws SQLException {
    long now = session.now();
    int renewed =
        session.update(
            "UPDATE {worker} SET lease_until = ? WHERE id = ? AND alive = 1 AND lease_until > ?",
            now + leaseMicros,
            worker,
            now);
    if (renewed == 0 && !isRenewed(session, worker, now + leaseMicros)) {
      throw new FencedException(worker);
    }
    return new Lease(now, now + leaseMicros);
  }

  /** Whether a lease ends so: an update that changes nothing may count no row, as it was asked. */
  private static boolean isRenewed(Session session, String worker, long until) throws SQLException {
    return !session
        .query(
            "SELECT id FROM {worker} WHERE id = ? AND alive = 1 AND lease_until = ?",
            row -> row.text(1),
            worker,
            until)
        .isEmpty();
  }

  /** Ends a worker in good order; whether it was enlisted. */
  static boolean retire(Session session, String worker) throws SQLException {
    List<String> found =
        session.query(
            "SELECT id FROM {worker} WHERE id = ? AND alive = 1 FOR UPDATE",
            row -> row.text(1),
            worker);
    if (found.isEmpty()) {
      return false;
    }
    release(session, worker, 0);
    return true;
  }

  /** Gives up what a worker owns, whose row is locked. */
  private static void release(Session session, String worker, int recoveries) throws SQLException {
    // In order, so that it waits for nobody who waits for it.
    List<String> ids =
        session.query(
            "SELECT id FROM {execution} WHERE worker = ? ORDER BY id {lock}",
            row -> row.text(1),
            worker);
    if (!ids.isEmpty()) {
      session.update(
          "UPDATE {execution} SET worker = NULL, claim_at = {now}, epoch = epoch + 1,"
              + " recoveries = recoveries + ? WHERE worker = ?",
          recoveries,
          worker);
      session.sql().dialect().tellOthers(session);
    }
    session.update("UPDATE {worker} SET alive = 0, hint = NULL WHERE id = ?", worker);
  }

  /** Says of H2's workers of other processes that their lease has ended: they live no more. */
  static int expireOthers(Session session, String process) throws SQLException {
    return session.update(
        "UPDATE {worker} SET lease_until = 0 WHERE alive = 1 AND process <> ?", process);
  }

  /**
   * Buries the workers whose lease has ended, or whose sign of life is missing, save one: the
   * worker that asks and is about to take something. Its lease may end meanwhile, and its own lock
   * on its row would not keep it from its burial; what a buried worker takes is nobody's to free.
   */
  static void buryOthers(Session session, String worker, Suspects suspects) throws SQLException {
    List<Standing> standings =
        session.query(
            "SELECT w.id, CASE WHEN w.lease_until <= {now} THEN 1 ELSE 0 END, w.hint"
                + " FROM {worker} w WHERE w.alive = 1 AND w.id <> ?",
            row -> {
              String hint = row.optionalText(3);
              return new Standing(row.text(1), row.number(2) == 1, hint == null ? "" : hint);
            },
            worker);
    Map<String, String> hints = new HashMap<>();
    List<String> dead = new ArrayList<>();
    for (Standing standing : standings) {
      if (standing.expired()) {
        dead.add(standing.id());
      } else if (!standing.hint().isEmpty()) {
        hints.put(standing.hint(), standing.id());
      }
    }
    Set<String> silent = suspects.confirmed(session, hints);
    for (String id : dead) {
      bury(session, id, "AND lease_until <= {now}");
    }
    for (String id : silent) {
      bury(session, id, "");
    }
  }

  /** Whether an execution belongs to a worker whose lease has ended. */
  static boolean isUnburied(Session session, String executionId) throws SQLException {
    return !session
        .query(
            "SELECT w.id FROM {execution} e JOIN {worker} w ON w.id = e.worker"
                + " WHERE e.id = ? AND w.alive = 1 AND w.lease_until <= {now}",
            row -> row.text(1),
            executionId)
        .isEmpty();
  }

  private static void bury(Session session, String worker, String condition) throws SQLException {
    // Skipped when another buries it, or when it is writing at this moment.
    List<String> found =
        session.query(
            "SELECT id FROM {worker} WHERE id = ? AND alive = 1 "
                + condition
                + " FOR UPDATE SKIP LOCKED",
            row -> row.text(1),
            worker);
    if (!found.isEmpty()) {
      release(session, worker, Mutants.NO_RECOVERY_COUNT ? 0 : 1);
    }
  }
}
