package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.control.SubflowConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs another flow as an execution of its own, and waits for it unless told otherwise. */
final class SubflowWork implements Work {
  private final Scope scope;
  private final int node;
  private final NodeCall call;
  private final String child;

  private SubflowWork(Scope scope, int node, NodeCall call, String child) {
    this.scope = scope;
    this.node = node;
    this.call = call;
    this.child = child;
  }

  static Work begin(Scope scope, int n, NodeState state) {
    NodeCall call = state.call;
    if (call == null || !(state.config instanceof SubflowConfig config)) {
      throw new IllegalStateException("sub-flow without config: " + scope.path(n));
    }
    Run run = scope.run;
    String id = run.childId(scope.path(n));
    SubflowWork work = new SubflowWork(scope, n, call, id);
    state.work = work;
    if (run.replaying) {
      if (run.journal != null) {
        run.host.adopt(id);
      }
      return work;
    }
    Start.Parent parent = new Start.Parent(run.id(), scope.path(n), config.awaited(), work::ended);
    run.host.startChild(run, scope.plan.nodes[n], id, config, parent);
    if (!config.awaited()) {
      run.attempts.outcome(call, PlainMap.of("executionId", id), null);
    }
    return work;
  }

  private void ended(Run child) {
    ExecutionStatus status = child.status();
    Map<String, Object> outputs = child.outputs();
    ExecutionError error = child.error().orElse(null);
    scope.run.post(
        new Mail() {
          @Override
          void deliver() {
            pass(status, outputs, error);
          }
        });
  }

  /** The child has ended. */
  void pass(ExecutionStatus status, Map<String, Object> outputs, @Nullable ExecutionError error) {
    NodeState state = scope.state(node);
    if (state.call != call) {
      return;
    }
    if (status == ExecutionStatus.COMPLETED) {
      scope.run.attempts.outcome(call, outputs, null);
    } else if (scope.stopping || state.stopped || state.pending != null) {
      scope.run.attempts.stopping().stopped(scope, node);
    } else {
      scope.run.attempts.outcome(
          call,
          null,
          new LoopFailure(
              error == null ? ExecutionError.of("FF-CANCELLED", "cancelled", null) : error));
    }
  }

  @Override
  public boolean stop() {
    scope.run.host.cancelChild(scope.run, child);
    return false;
  }
}
