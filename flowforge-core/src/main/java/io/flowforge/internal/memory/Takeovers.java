package io.flowforge.internal.memory;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.store.ExecutionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves executions from worker to worker. */
final class Takeovers {
  private final Rows rows;
  private final Leases leases;
  private final Inboxes inboxes;

  Takeovers(Rows rows, Leases leases, Inboxes inboxes) {
    this.rows = rows;
    this.leases = leases;
    this.inboxes = inboxes;
  }

  void retire(String worker, long now) {
    leases.end(worker);
    free(worker, 0, now);
  }

  List<ExecutionRecord> claim(String worker, int limit, long now) {
    leases.mustLive(worker, now);
    buryTheDead(now);
    List<Row> due = rows.due(now).stream().limit(Math.max(0, limit)).toList();
    List<ExecutionRecord> taken = new ArrayList<>();
    for (Row row : due) {
      if (inboxes.lines().lets(row, now)) {
        taken.add(take(row, worker));
      }
    }
    return taken;
  }

  Optional<ExecutionRecord> claim(String worker, String executionId, long now) {
    leases.mustLive(worker, now);
    buryTheDead(now);
    Row row = rows.find(executionId);
    if (row == null
        || row.status.isFinal()
        || row.worker != null
        || !inboxes.lines().lets(row, now)) {
      return Optional.empty();
    }
    return Optional.of(take(row, worker));
  }

  private ExecutionRecord take(Row row, String worker) {
    rows.change(
        row,
        () -> {
          row.worker = worker;
          row.epoch++;
          row.claimAtMicros = 0;
        });
    return row.head();
  }

  private void buryTheDead(long now) {
    leases.takeDead(now).forEach(worker -> free(worker, 1, now));
  }

  private void free(String worker, int recoveries, long now) {
    for (Row row : rows.ownedBy(worker)) {
      rows.change(
          row,
          () -> {
            row.worker = null;
            // Already here, so that the old owner is refused before there is a new one.
            row.epoch++;
            row.recoveries += Mutants.NO_RECOVERY_COUNT ? 0 : recoveries;
            row.claimAtMicros = now;
          });
      inboxes.noteClaimable();
    }
  }
}
