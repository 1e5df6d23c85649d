package io.flowforge.internal.plan;

/** How a run carries a node out. */
public enum NodeKind {
  /** Calls its action. */
  ACTION,
  /** Runs its body once for each item. */
  LOOP,
  /** Runs its body while a condition holds. */
  WHILE,
  /** Runs another flow. */
  SUBFLOW,
  /** Waits for a time. */
  WAIT,
  /** Waits for an event. */
  EVENT,
  /** Waits for a person. */
  USER_INPUT,
  /** Passes on the event that fired it. */
  TRIGGER;

  /** The kind of a canonical type. */
  public static NodeKind of(String type) {
    return switch (type) {
      case "loop" -> LOOP;
      case "while" -> WHILE;
      case "subflow" -> SUBFLOW;
      case "wait" -> WAIT;
      case "wait-for-event" -> EVENT;
      case "user-input" -> USER_INPUT;
      default -> ACTION;
    };
  }
}
