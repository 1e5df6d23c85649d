package io.flowforge.execution;

/** Where a node run stands. */
public enum NodeStatus {
  /** Not decided yet. */
  PENDING,
  /** An attempt is under way. */
  RUNNING,
  /** It waits for a time, an event, a person or its next attempt. */
  WAITING,
  /** It has an output. */
  COMPLETED,
  /** It has failed after its last attempt. */
  FAILED,
  /** It will not run. */
  SKIPPED,
  /** It was stopped. */
  CANCELLED,
  /** It had completed and was undone. */
  COMPENSATED,
  /** It had completed and undoing it failed. */
  COMPENSATION_FAILED;

  /**
   * Whether the node run is over.
   *
   * @return true unless PENDING, RUNNING or WAITING
   */
  public boolean isFinal() {
    return ordinal() > WAITING.ordinal();
  }
}
