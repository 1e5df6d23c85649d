package io.flowforge.cli;

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

  int code() {
    return ordinal();
  }
}
