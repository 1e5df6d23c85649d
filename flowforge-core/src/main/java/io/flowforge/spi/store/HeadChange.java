package io.flowforge.spi.store;

import io.flowforge.execution.ExecutionStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * New values of an execution's head.
 *
 * <p>A change to a final status ends the ownership. So does one that releases the execution: from
 * {@code claimAtMicros} on, or when a message comes, any worker may claim it.
 *
 * @param status where it stands now
 * @param reason for {@code PARKED} why, for {@code FAILED} the error's code; null otherwise
 * @param progressed whether a node run has ended, which sets the count of recoveries to zero
 * @param release whether the worker gives it back
 * @param claimAtMicros when released, from when it may be claimed, by the store's clock; 0 is never
 *     before a message comes
 * @param finishedMicros when it ended, by the clock of the engine; 0 before
 * @param flowHash content hash of the flow that it follows from now on; null leaves it as it is.
 *     Not for a step that creates the execution
 */
public record HeadChange(
    ExecutionStatus status,
    @Nullable String reason,
    boolean progressed,
    boolean release,
    long claimAtMicros,
    long finishedMicros,
    @Nullable String flowHash) {

  /** Checks the status. */
  public HeadChange {
    Objects.requireNonNull(status, "status");
  }

  /**
   * The execution stays with its worker.
   *
   * @param status where it stands
   * @param progressed whether a node run has ended
   * @return the change
   */
  public static HeadChange to(ExecutionStatus status, boolean progressed) {
    return new HeadChange(status, null, progressed, false, 0, 0, null);
  }

  /**
   * Nobody owns it any more until it is claimed.
   *
   * @param status where it stands
   * @param reason why it is parked; null otherwise
   * @param claimAtMicros from when it may be claimed; 0 is never before a message comes
   * @return the change
   */
  public static HeadChange released(
      ExecutionStatus status, @Nullable String reason, long claimAtMicros) {
    return new HeadChange(status, reason, false, true, claimAtMicros, 0, null);
  }

  /**
   * It has ended.
   *
   * @param status a final status
   * @param reason the error's code; null when there is none
   * @param finishedMicros when, by the clock of the engine
   * @return the change
   */
  public static HeadChange ended(
      ExecutionStatus status, @Nullable String reason, long finishedMicros) {
    return new HeadChange(status, reason, true, true, 0, finishedMicros, null);
  }

  /**
   * The same change for an execution that follows another flow from now on.
   *
   * @param hash content hash of the flow
   * @return a copy
   */
  public HeadChange onFlow(String hash) {
    return new HeadChange(
        status,
        reason,
        progressed,
        release,
        claimAtMicros,
        finishedMicros,
        Objects.requireNonNull(hash, "hash"));
  }
}
