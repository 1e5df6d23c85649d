package io.flowforge.internal.run;

import static io.flowforge.execution.NodeStatus.CANCELLED;
import static io.flowforge.execution.NodeStatus.FAILED;
import static io.flowforge.execution.NodeStatus.WAITING;

import io.flowforge.execution.ExecutionError;
import io.flowforge.flow.FailureMode;
import io.flowforge.flow.OnError;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.ErrorHandler;

/**
 * What follows from a failure: another attempt, the path behind the error port, the fallback, what
 * the engine's error handler decides, or the failure of the scope.
 *
 * <p>All methods run on the thread that drives the run.
 */
final class FailureHandling {
  private final Run run;

  FailureHandling(Run run) {
    this.run = run;
  }

  /** An attempt failed: another follows, or the node fails. */
  void failAttempt(Scope scope, int n, ExecutionError error, boolean retryable) {
    NodeState state = scope.state(n);
    run.attempts.settle(scope, n, state, false);
    PlanNode node = scope.plan.nodes[n];
    long now = run.readClock();
    if (node.retry != null && !scope.stopping) {
      long delay =
          Backoff.next(
              node.retry,
              state.attempts,
              error.code(),
              retryable,
              run.host.random(),
              now - scope.startedMicros(n));
      if (delay >= 0 && (state.totalDueMicros == 0 || now + delay <= state.totalDueMicros)) {
        retry(scope, n, state, error, now + delay);
        return;
      }
    }
    fail(scope, n, error);
  }

  private void retry(Scope scope, int n, NodeState state, ExecutionError error, long due) {
    state.error = error;
    state.dueMicros = due;
    state.reason = "waits for attempt " + (state.attempts + 1);
    scope.status(n, WAITING);
    run.emitter.retry(scope, n, due);
    if (run.journal != null) {
      run.journal.retry(scope, n, state);
    }
    Admission admission = run.attempts.admission();
    state.timer = run.host.time().schedule(due, () -> admission.wake(scope, n));
  }

  /** The node has failed for good; what that means is for its edges and policies to say. */
  void fail(Scope scope, int n, ExecutionError error) {
    PlanNode node = scope.plan.nodes[n];
    NodeState state = scope.state(n);
    run.attempts.settle(scope, n, state, false);
    state.error = error;
    if (scope.stopping) {
      run.attempts.end(scope, n, CANCELLED);
    } else if (node.hasErrorEdge) {
      state.port = PlanNode.ERROR;
      run.attempts.end(scope, n, FAILED);
      scope.leave(n, PlanNode.ERROR);
    } else if (node.node.onError() == OnError.CONTINUE) {
      fallBack(scope, n, node);
    } else {
      ask(scope, n, error, state);
    }
  }

  /** Completes it with its fallback. */
  private void fallBack(Scope scope, int n, PlanNode node) {
    try {
      Object value = node.fallback == null ? null : node.fallback.resolve(new Env(scope, n));
      scope.state(n).cacheKey = null;
      run.attempts.complete(scope, n, 0, run.normalise(value));
    } catch (RuntimeException refused) {
      unhandled(scope, n, run.errorOf(refused, scope.path(n)));
    }
  }

  /** Asks the engine-wide handler, if there is one. */
  private void ask(Scope scope, int n, ExecutionError error, NodeState state) {
    ErrorHandler handler = run.host.errorHandler(error.code());
    ErrorHandler.Decision decision = ErrorHandler.Decision.fail();
    if (handler != null) {
      try {
        decision = handler.handle(error, state.attempts);
        if (decision instanceof ErrorHandler.Decision.Continue go) {
          decision = ErrorHandler.Decision.continueWith(run.normalise(go.value()));
        }
      } catch (Throwable refused) {
        run.host.complain("error handler for " + error.code() + " failed", refused);
        decision = ErrorHandler.Decision.fail();
      }
    }
    if (decision instanceof ErrorHandler.Decision.Continue go) {
      state.cacheKey = null;
      run.attempts.complete(scope, n, 0, go.value());
    } else if (decision instanceof ErrorHandler.Decision.Retry again) {
      retry(scope, n, state, error, run.lastMicros + Run.micros(again.delay()));
    } else {
      unhandled(scope, n, error);
    }
  }

  private void unhandled(Scope scope, int n, ExecutionError error) {
    run.attempts.end(scope, n, FAILED);
    spread(scope, n, error);
  }

  /** What a failure that nobody handles means for the rest. */
  void spread(Scope scope, int n, ExecutionError error) {
    if (scope.failure == null) {
      scope.failure = error;
    }
    if (run.plan.flow.settings().onError() == FailureMode.FINISH_BRANCHES) {
      scope.leavePoisoned(n);
    } else {
      stopFor(scope, error);
    }
  }

  private void stopFor(Scope scope, ExecutionError error) {
    if (scope == run.root()) {
      run.ending.fail(error);
    }
    scope.stop();
  }

  /**
   * An edge's condition failed: the place is told, and nobody can handle it but the scope's owner.
   */
  void edgeFailed(Scope scope, int k, RuntimeException broken) {
    String from = scope.plan.nodes[scope.plan.source[k]].id;
    String to = scope.plan.nodes[scope.plan.target[k]].id;
    ExecutionError cause = run.errorOf(broken, scope.path(scope.plan.source[k]));
    ExecutionError error =
        new ExecutionError(
            cause.code(),
            "condition of edge " + from + " → " + to + ": " + cause.message(),
            cause.node(),
            cause.details());
    if (run.journal != null) {
      run.journal.broke(scope, error);
    }
    broke(scope, error);
  }

  /** A scope fails without a node of it having failed. */
  void broke(Scope scope, ExecutionError error) {
    if (scope.failure == null) {
      scope.failure = error;
    }
    stopFor(scope, error);
  }
}
