package io.flowforge.flow;

/** What a node's failure means once its retries are used up. */
public enum OnError {
  /** The failure fails the execution, unless the node has an edge on port {@code error}. */
  FAIL,
  /** The node counts as completed with its fallback value; its error is kept beside it. */
  CONTINUE,
  /** The failure leaves through the node's {@code error} port, which must have an edge. */
  ROUTE
}
