package io.flowforge.internal.run;

import static io.flowforge.execution.NodeStatus.CANCELLED;

import io.flowforge.execution.ExecutionError;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.TimeSource.Timer;
import java.time.Duration;

/**
 * Ends node runs from outside: when their time is up, or when their scope stops.
 *
 * <p>A wait or a stage is over at once. An action that runs on a thread is interrupted, and a loop
 * or sub-flow is told to stop; those count as under way until they have returned. All methods run
 * on the thread that drives the run.
 */
final class Stopping {
  private final Run run;

  Stopping(Run run) {
    this.run = run;
  }

  /** Sets the timers of an attempt that begins now. */
  void setTimers(Scope scope, int n, PlanNode node, NodeState state, boolean pooled) {
    long limit = node.attemptMicros;
    if (limit == 0 && pooled) {
      limit = run.host.nodeTimeoutMicros();
    }
    if (limit > 0) {
      int attempt = state.attempts;
      state.attemptDueMicros = run.lastMicros + limit;
      state.attemptTimer = timeout(scope, n, attempt, limit, state.attemptDueMicros);
    }
    if (node.totalMicros > 0 && state.totalTimer == null) {
      setTotalTimer(scope, n, node, state, run.lastMicros);
    }
  }

  /** Sets the timer of the time-out of all attempts together, which began at a time. */
  void setTotalTimer(Scope scope, int n, PlanNode node, NodeState state, long begin) {
    state.totalDueMicros = begin + node.totalMicros;
    state.totalTimer = timeout(scope, n, 0, node.totalMicros, state.totalDueMicros);
  }

  private Timer timeout(Scope scope, int n, int attempt, long limit, long due) {
    Mail letter =
        new Mail() {
          @Override
          void deliver() {
            timedOut(scope, n, attempt, limit);
          }
        };
    return run.host.time().schedule(due, () -> run.post(letter));
  }

  private void timedOut(Scope scope, int n, int attempt, long limit) {
    NodeState state = scope.state(n);
    boolean total = attempt == 0;
    if (scope.status(n).isFinal() || state.stopped || !total && state.attempts != attempt) {
      return;
    }
    if (!total && state.call == null && state.work == null) {
      return;
    }
    ExecutionError error =
        ExecutionError.of(
            "FF-TIMEOUT",
            "node took longer than its "
                + (total ? "total time-out of " : "time-out of ")
                + Duration.ofNanos(limit * 1000),
            scope.path(n));
    if (state.work instanceof Work work && !work.stop()) {
      state.pending = error;
      state.pendingRetry = !total;
      return;
    }
    interrupt(state);
    run.attempts.failures().failAttempt(scope, n, error, !total);
    run.list(scope);
  }

  private void interrupt(NodeState state) {
    if (state.call != null) {
      state.call.interrupt();
    }
    if (state.stage != null) {
      Stages.cancel(state.stage);
      state.stage = null;
    }
  }

  /** Stops a node under way in a scope that stops. */
  void stop(Scope scope, int n) {
    NodeState state = scope.state(n);
    state.stopped = true;
    state.cancelTimers();
    if (state.held) {
      state.held = false;
      scope.busy--;
      return;
    }
    if (state.work instanceof Work work) {
      if (work.stop()) {
        run.attempts.end(scope, n, CANCELLED);
      }
    } else if (state.stage != null) {
      interrupt(state);
      run.attempts.end(scope, n, CANCELLED);
    } else if (state.call != null) {
      state.call.interrupt();
    } else {
      run.attempts.end(scope, n, CANCELLED);
    }
  }

  /** A loop, wait or sub-flow that was told to stop has done so. */
  void stopped(Scope scope, int n) {
    NodeState state = scope.state(n);
    ExecutionError pending = state.pending;
    state.pending = null;
    if (pending != null && !scope.stopping) {
      state.work = null;
      run.attempts.failures().failAttempt(scope, n, pending, state.pendingRetry);
    } else {
      run.attempts.end(scope, n, CANCELLED);
    }
    run.list(scope);
  }
}
