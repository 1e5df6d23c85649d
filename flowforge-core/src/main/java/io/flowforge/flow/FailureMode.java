package io.flowforge.flow;

/** What happens to the other branches when a node's failure is not handled. */
public enum FailureMode {
  /** Nothing new starts and running nodes are cancelled. The default. */
  FAIL_FAST,
  /** Branches that do not depend on the failed node run to their end. */
  FINISH_BRANCHES
}
