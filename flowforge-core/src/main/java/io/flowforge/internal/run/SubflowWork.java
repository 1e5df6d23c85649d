package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.control.SubflowConfig;
import org.jspecify.annotations.Nullable;

/** Runs another flow as an execution of its own, and waits for it unless told otherwise. */
final class SubflowWork implements Work {
  private final Scope scope;
  private final int node;
  private final NodeCall call;
  private @Nullable Run child;

  private SubflowWork(Scope scope, int node, NodeCall call) {
    this.scope = scope;
    this.node = node;
    this.call = call;
  }

  static Work begin(Scope scope, int n, NodeState state) {
    if (state.call == null || !(state.config instanceof SubflowConfig config)) {
      throw new IllegalStateException("sub-flow without config: " + scope.path(n));
    }
    SubflowWork work = new SubflowWork(scope, n, state.call);
    state.work = work;
    Start.EndListener listener = config.awaited() ? work::ended : Start.EndListener.NONE;
    work.child =
        scope.run.host.startChild(scope.run, scope.plan.nodes[n], scope.path(n), config, listener);
    if (!config.awaited()) {
      scope.run.attempts.outcome(
          state.call == null ? work.call : state.call,
          PlainMap.of("executionId", work.child.id()),
          null);
    }
    return work;
  }

  private void ended(Run run) {
    scope.run.post(
        new Mail() {
          @Override
          void deliver() {
            pass(run);
          }
        });
  }

  private void pass(Run run) {
    NodeState state = scope.state(node);
    if (state.call != call) {
      return;
    }
    if (run.status() == ExecutionStatus.COMPLETED) {
      scope.run.attempts.outcome(call, run.outputs(), null);
    } else if (scope.stopping || state.stopped || state.pending != null) {
      scope.run.attempts.stopped(scope, node);
    } else {
      ExecutionError error =
          run.error().orElseGet(() -> ExecutionError.of("FF-CANCELLED", "cancelled", null));
      scope.run.attempts.outcome(call, null, new LoopFailure(error));
    }
  }

  @Override
  public boolean stop() {
    Run running = child;
    if (running == null || running.status().isFinal()) {
      return false;
    }
    running.cancel("the execution that started it stops");
    return false;
  }
}
