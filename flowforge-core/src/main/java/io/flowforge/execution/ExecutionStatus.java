package io.flowforge.execution;

/** Where an execution stands; it only moves forward. */
public enum ExecutionStatus {
  /** Accepted, not begun. */
  PENDING,
  /** Nodes run or are about to. */
  RUNNING,
  /** Nothing runs; a time, an event or a person moves it on. */
  WAITING,
  /** Held by a request; running nodes finish, new ones do not start. */
  PAUSED,
  /** Completed nodes are being undone. */
  COMPENSATING,
  /** Ended well; final. */
  COMPLETED,
  /** Ended by an unhandled failure; final. */
  FAILED,
  /** Ended by a request; final. */
  CANCELLED,
  /** Not to be touched until an operator acts. */
  PARKED;

  /**
   * Whether nothing more can happen.
   *
   * @return true for COMPLETED, FAILED and CANCELLED
   */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
