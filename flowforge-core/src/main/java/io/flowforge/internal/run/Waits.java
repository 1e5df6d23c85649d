package io.flowforge.internal.run;

import io.flowforge.execution.NodeStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What waits have in common. */
final class Waits {
  private Waits() {}

  /** Marks a node as waiting; a due time of 0 is none. */
  static void begin(Scope scope, int n, NodeState state, long due, @Nullable String reason) {
    state.reason = reason;
    state.dueMicros = due;
    scope.status(n, NodeStatus.WAITING);
    if (scope.run.journal != null && !scope.run.replaying) {
      scope.run.journal.waits(state);
    }
  }

  /** The same with a time-out, null for none, after which the news is delivered. */
  static void begin(
      Scope scope, int n, NodeState state, @Nullable Duration timeout, String reason, Mail late) {
    Run run = scope.run;
    long due = state.dueMicros;
    if (!run.replaying) {
      due = timeout == null ? 0 : run.lastMicros + Run.micros(timeout);
    }
    begin(scope, n, state, due, reason);
    if (!run.replaying) {
      goOn(scope, n, late);
    }
  }

  /** Sets the timer of a wait that has a time-out. */
  static void goOn(Scope scope, int n, Mail late) {
    NodeState state = scope.state(n);
    if (state.dueMicros > 0) {
      state.timer = scope.run.host.time().schedule(state.dueMicros, () -> scope.run.post(late));
    }
  }
}
