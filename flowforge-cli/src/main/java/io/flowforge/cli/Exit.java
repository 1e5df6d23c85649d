package io.flowforge.cli;

import io.flowforge.execution.ExecutionStatus;

/** How the process ends. */
enum Exit {
  /** The flow completed, or the command did what was asked. */
  COMPLETED,
  /** The flow failed or was cancelled. */
  FAILED,
  /** The command cannot be carried out as it was called. */
  USAGE,
  /** The flow or its inputs must be mended. */
  INVALID,
  /** The flow waits for a person or an event, or is not over in time. */
  WAITING;

  /** What the status of an execution means for the process. */
  static Exit of(ExecutionStatus status) {
    if (status == ExecutionStatus.COMPLETED) {
      return COMPLETED;
    }
    return status.isFinal() ? FAILED : WAITING;
  }

  int code() {
    return ordinal();
  }
}
