package io.flowforge.internal.run;

import io.flowforge.execution.NodeStatus;
import org.jspecify.annotations.Nullable;

/** What waits have in common. */
final class Waits {
  private Waits() {}

  /** Marks a node as waiting; a due time of 0 is none. */
  static void begin(Scope scope, int n, NodeState state, long due, @Nullable String reason) {
    state.reason = reason;
    state.dueMicros = due;
    scope.status(n, NodeStatus.WAITING);
  }
}
