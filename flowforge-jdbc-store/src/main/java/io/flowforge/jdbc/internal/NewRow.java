package io.flowforge.jdbc.internal;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import org.jspecify.annotations.Nullable;

/**
 * An execution to create.
 *
 * @param worker who owns it; null when nobody does
 * @param claimAt from when it may be claimed; null is never
 */
record NewRow(
    NewExecution execution,
    @Nullable String worker,
    ExecutionStatus status,
    @Nullable String reason,
    @Nullable Long claimAt,
    long finished) {

  /** One that whoever comes first may claim. */
  static NewRow unowned(NewExecution execution, long now) {
    return new NewRow(execution, null, ExecutionStatus.PENDING, null, now, 0);
  }

  /** One that belongs to a worker. */
  static NewRow owned(NewExecution execution, String worker) {
    return new NewRow(execution, worker, ExecutionStatus.PENDING, null, null, 0);
  }

  /** A copy that nobody owns, and that may not be claimed before its queue admits it. */
  NewRow inQueue() {
    return execution.place() == null || status.isFinal()
        ? this
        : new NewRow(execution, null, status, reason, null, 0);
  }

  /** A copy with the values of a change made at once. */
  NewRow with(HeadChange change) {
    boolean ended = change.status().isFinal();
    boolean leaves = ended || change.release();
    Long claim = leaves && !ended && change.claimAtMicros() > 0 ? change.claimAtMicros() : null;
    return new NewRow(
        execution,
        leaves ? null : worker,
        change.status(),
        change.reason(),
        claim,
        ended ? change.finishedMicros() : 0);
  }
}
