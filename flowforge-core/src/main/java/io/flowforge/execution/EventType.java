package io.flowforge.execution;

/** What an event tells of, with its name in JSON. */
public enum EventType {
  /** A subscription begins; the first event of every listener. */
  CONNECTION_ESTABLISHED("connection:established"),
  /** An execution has begun. */
  EXECUTION_STARTED("execution:started"),
  /** A node tells how far it is, or an execution changed its status on the way. */
  EXECUTION_PROGRESS("execution:progress"),
  /** An execution ended well. */
  EXECUTION_COMPLETED("execution:completed"),
  /** An execution failed or was cancelled. */
  EXECUTION_FAILED("execution:failed"),
  /** A node's first attempt has begun. */
  NODE_STARTED("node:started"),
  /** A node is over and has an output, or was skipped. */
  NODE_COMPLETED("node:completed"),
  /** A node has failed after its last attempt. */
  NODE_FAILED("node:failed"),
  /** An attempt has failed and another will follow. */
  NODE_RETRY("node:retry"),
  /** A piece of a node's output. */
  NODE_STREAM("node:stream"),
  /** A person's answer is wanted. */
  USER_INPUT_REQUIRED("user:input:required"),
  /** A person's answer has come. */
  USER_INPUT_RESPONSE("user:input:response"),
  /** A trigger of an active flow watches for events. */
  TRIGGER_STARTED("trigger:started"),
  /** A trigger cannot watch at the moment; it is tried again. */
  TRIGGER_FAILING("trigger:failing"),
  /** A trigger has stopped. */
  TRIGGER_STOPPED("trigger:stopped"),
  /** The listener was too slow and events were dropped; resynchronise by snapshot. */
  GAP("connection:gap");

  private final String wireName;

  EventType(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The name in JSON.
   *
   * @return such as {@code node:started}
   */
  public String wireName() {
    return wireName;
  }
}
