package io.flowforge.internal.run;

import org.jspecify.annotations.Nullable;

/** Why executions are parked: the words that stand in their heads. */
public final class ParkReason {
  /** The process that drove it died again and again, with nothing done in between. */
  public static final String CRASH_LOOP = "CRASH_LOOP";

  /** A node of the flow has a type that the engine does not know. */
  public static final String UNKNOWN_NODE_TYPE = "UNKNOWN_NODE_TYPE";

  /** The journal holds something that the engine does not know. */
  public static final String STATE_UNSUPPORTED = "STATE_UNSUPPORTED";

  /** The store refuses a page for good. */
  public static final String PAGE_REFUSED = "PAGE_REFUSED";

  /** It came from another store, and an operator says when it goes on. */
  public static final String IMPORTED = "IMPORTED";

  private static final String UNKNOWN_FLOW = "UNKNOWN_FLOW: ";

  private ParkReason() {}

  /** A flow that it starts is known to no engine that had it. */
  static String unknownFlow(String flowId) {
    return UNKNOWN_FLOW + flowId;
  }

  /** The id of the flow that is not known; null when it is parked for another reason. */
  public static @Nullable String unknownFlowOf(@Nullable String reason) {
    return reason != null && reason.startsWith(UNKNOWN_FLOW)
        ? reason.substring(UNKNOWN_FLOW.length())
        : null;
  }
}
