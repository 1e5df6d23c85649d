package io.flowforge.jdbc.internal;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.fault.Mutants;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of a head that decides, under a lock, with what the transaction has changed in it. */
final class Locked {
  final String id;
  @Nullable String worker;
  final long epoch;
  ExecutionStatus status;
  long inbox;
  long readTo;

  /** The queue it was created in; null outside of any. */
  final @Nullable String queue;

  private Locked(Row row) throws SQLException {
    id = row.text(1);
    worker = row.optionalText(2);
    epoch = row.number(3);
    status = ExecutionStatus.valueOf(row.text(4));
    inbox = row.number(5);
    readTo = row.number(6);
    queue = row.optionalText(7);
  }

  /** Locks executions, always in the same order; those that do not exist are missing. */
  static Map<String, Locked> rows(Session session, Collection<String> ids) throws SQLException {
    Map<String, Locked> rows = new HashMap<>();
    List<String> sorted = ids.stream().distinct().sorted().toList();
    for (Ids part : Ids.parts(sorted, session.sql().dialect().widest())) {
      session.query(
          "SELECT id, worker, epoch, status, inbox, read_to, queue FROM {execution} WHERE id {in}"
              + " ORDER BY id {lock}",
          row -> {
            Locked locked = new Locked(row);
            return rows.put(locked.id, locked);
          },
          part);
    }
    return rows;
  }

  boolean ownedBy(String owner, long ownerEpoch) {
    return Mutants.NO_EPOCH_CHECK || (Objects.equals(worker, owner) && epoch == ownerEpoch);
  }
}
