package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.execution.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of a run as it is now, for callers. */
final class Snapshots {
  private Snapshots() {}

  static ExecutionSnapshot of(Scope root) {
    Run run = root.run;
    List<NodeSnapshot> nodes = new ArrayList<>();
    add(root, nodes);
    boolean ended = run.status().isFinal();
    return new ExecutionSnapshot(
        run.id(),
        run.flow(),
        run.status(),
        run.seq,
        run.inputs,
        run.vars,
        run.outputs(),
        run.error().orElse(null),
        Timestamps.ofMicros(run.startedMicros()),
        ended ? Timestamps.ofMicros(run.finishedMicros()) : null,
        ended ? null : instant(run.wakeMicros()),
        nodes);
  }

  private static void add(Scope scope, List<NodeSnapshot> nodes) {
    for (int n = 0; n < scope.plan.nodes.length; n++) {
      nodes.add(node(scope, n));
      NodeState state = scope.stateOrNull(n);
      if (state != null && state.iterations != null) {
        for (Scope iteration : state.iterations) {
          add(iteration, nodes);
        }
      }
    }
  }

  static NodeSnapshot node(Scope scope, int n) {
    NodeState state = scope.stateOrNull(n);
    NodeStatus status = scope.status(n);
    return new NodeSnapshot(
        scope.path(n),
        scope.plan.nodes[n].id,
        scope.plan.nodes[n].type,
        status,
        scope.portName(n),
        scope.output(n),
        state == null ? null : state.error,
        scope.attempts(n),
        instant(scope.startedMicros(n)),
        instant(scope.finishedMicros(n)),
        reason(scope, n, state, status));
  }

  private static @Nullable String reason(
      Scope scope, int n, @Nullable NodeState state, NodeStatus status) {
    if (state != null && state.reason != null) {
      return state.reason;
    }
    if (status == NodeStatus.WAITING && state != null && state.dueMicros > 0) {
      return "waits until " + Timestamps.text(state.dueMicros);
    }
    if (status != NodeStatus.SKIPPED) {
      return null;
    }
    if (scope.isPoisoned(n)) {
      return "it comes behind a failure that nobody handles";
    }
    return scope.plan.nodes[n].needed > 0
        ? "too few of its incoming edges were taken"
        : "none of its incoming edges was taken";
  }

  private static @Nullable Instant instant(long micros) {
    return micros == 0 ? null : Timestamps.ofMicros(micros);
  }
}
