package io.flowforge.internal.run;

import io.flowforge.execution.NodeStatus;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Output;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A node that waits for something, for a limited time or for ever. Costs a timer and no thread.
 *
 * <p>All methods run on the thread that drives the run.
 */
abstract class TimedWait implements Work {
  final Scope scope;
  final int node;
  final NodeCall call;
  private final @Nullable Duration timeout;

  TimedWait(Scope scope, int node, NodeCall call, @Nullable Duration timeout) {
    this.scope = scope;
    this.node = node;
    this.call = call;
    this.timeout = timeout;
  }

  /** Begins to wait; in a replay, as an earlier life of the run did. */
  final void await(NodeState state, String reason) {
    Run run = scope.run;
    long due = state.dueMicros;
    if (!run.replaying) {
      due = timeout == null ? 0 : run.lastMicros + Run.micros(timeout);
    }
    begin(scope, node, state, due, reason);
    if (!run.replaying) {
      setTimer();
    }
  }

  /** Sets the timer, if the time is limited. */
  final void setTimer() {
    Run run = scope.run;
    NodeState state = scope.state(node);
    if (state.dueMicros > 0) {
      Mail late = new TimedOut();
      state.timer = run.host.time().schedule(state.dueMicros, () -> run.post(late));
    }
  }

  /** Marks a node as waiting; a due time of 0 is none. */
  static void begin(Scope scope, int n, NodeState state, long due, @Nullable String reason) {
    state.reason = reason;
    state.dueMicros = due;
    scope.status(n, NodeStatus.WAITING);
    if (scope.run.journal != null && !scope.run.replaying) {
      scope.run.journal.waits(state);
    }
  }

  @Override
  public void goOn() {
    setTimer();
  }

  /** Nothing has come in time. */
  abstract void late();

  /** Leaves through the port for that, or fails where no edge is. */
  final void leaveLate(String what) {
    if (scope.hasEdgeOn(node, "timeout")) {
      scope.run.attempts.outcome(call, Output.on("timeout", null), null);
    } else {
      scope.run.attempts.outcome(
          call, null, ActionException.transientFailure("FF-TIMEOUT", what + " within " + timeout));
    }
  }

  @Override
  public boolean stop() {
    return true;
  }

  private final class TimedOut extends Mail {
    @Override
    void deliver() {
      if (scope.state(node).call == call) {
        late();
      }
    }
  }
}
