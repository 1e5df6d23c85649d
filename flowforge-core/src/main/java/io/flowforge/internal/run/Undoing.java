package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.NodeStatus;
import io.flowforge.internal.plan.Plan;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Undoes completed nodes, one at a time, the last completed first; a failure does not stop it. */
final class Undoing implements ScopeOwner {
  /** A completed node that names a compensation. */
  record Done(Scope scope, int node) {}

  private final Run run;
  private final ArrayDeque<Done> todo;
  private @Nullable Done current;
  private @Nullable Scope scope;

  Undoing(Run run, ArrayDeque<Done> todo) {
    this.run = run;
    this.todo = todo;
  }

  /** Begins the next one, or ends the run. */
  void next() {
    Done done = todo.poll();
    current = done;
    if (done == null) {
      if (!run.replaying) {
        run.ending.end();
      }
      return;
    }
    Plan plan = done.scope.plan.nodes[done.node].compensation;
    if (plan == null) {
      throw new IllegalStateException("no compensation of " + done.scope.path(done.node));
    }
    scope = new Scope(run, plan, done.scope, this, -1, null);
    run.list(scope);
  }

  @Override
  public @Nullable Object entryInput(Scope undo) {
    Done done = current;
    return done == null ? null : done.scope.output(done.node);
  }

  @Override
  public void over(Scope undo) {
    Done done = current;
    run.recordOver(undo, null);
    if (done != null) {
      ExecutionError failure = undo.failure;
      if (failure != null) {
        done.scope.state(done.node).reason =
            "compensation failed: " + failure.code() + ": " + failure.message();
      }
      done.scope.status(
          done.node, failure == null ? NodeStatus.COMPENSATED : NodeStatus.COMPENSATION_FAILED);
      run.emitter.over(done.scope, done.node);
    }
    next();
  }

  /** Whether a node's compensation is the one under way. */
  boolean isAt(Scope outer, int node) {
    Done done = current;
    return done != null && done.scope == outer && done.node == node;
  }

  /** Nothing is left to undo. */
  boolean isDone() {
    return current == null;
  }

  /** The compensation under way. */
  @Nullable Scope scope() {
    return scope;
  }
}
