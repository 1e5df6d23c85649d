package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.NodeStatus;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.control.ControlContext;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes to a node run along its taken edges. */
final class NodeInput {
  private NodeInput() {}

  /** What {@code input} is for a node: see the flow format, "Data". */
  static @Nullable Object of(Scope scope, int n) {
    Plan plan = scope.plan;
    if (n < 0 || plan.inDegree[n] == 0) {
      return scope.owner.entryInput(scope);
    }
    if (plan.inDegree[n] == 1 && !scope.hasDead()) {
      return passedOn(scope, plan.inEdge[plan.inStart[n]]);
    }
    int[] edges = scope.takenEdges(n);
    int first = edges.length == 0 ? -1 : plan.source[edges[0]];
    boolean single = true;
    for (int k : edges) {
      single &= plan.source[k] == first;
    }
    if (single) {
      return edges.length == 0 ? null : passedOn(scope, edges[0]);
    }
    return joined(scope, edges);
  }

  private static Map<String, Object> joined(Scope scope, int[] edges) {
    Plan plan = scope.plan;
    Map<String, Object> values = new LinkedHashMap<>();
    for (int k : edges) {
      values.put(plan.nodes[plan.source[k]].id, passedOn(scope, k));
    }
    return PlainMap.copyOf(values);
  }

  /** What the taken incoming edges brought, in document order. */
  static List<ControlContext.Passed> passed(Scope scope, int n) {
    Plan plan = scope.plan;
    List<ControlContext.Passed> all = new ArrayList<>();
    int[] edges = scope.takenEdges(n);
    for (int k : edges) {
      all.add(new ControlContext.Passed(plan.nodes[plan.source[k]].id, passedOn(scope, k)));
    }
    return all;
  }

  /** What an edge brings: the source's output, or its error behind an error port. */
  private static @Nullable Object passedOn(Scope scope, int k) {
    Plan plan = scope.plan;
    int from = plan.source[k];
    if (plan.port[k] == PlanNode.ERROR) {
      NodeState state = scope.stateOrNull(from);
      return state == null || state.error == null ? null : state.error.toValue();
    }
    return scope.output(from);
  }

  /** The error that the path of a node comes from; null on other paths. */
  static @Nullable ExecutionError error(Scope scope, int n) {
    Plan plan = scope.plan;
    Scope parent = scope.parent;
    if (n >= 0 && plan.errorSources != null && plan.errorSources[n] != null) {
      for (int from : plan.errorSources[n]) {
        NodeState state = scope.stateOrNull(from);
        if (scope.status(from) == NodeStatus.FAILED && state != null && state.error != null) {
          return state.error;
        }
      }
    }
    return parent == null ? scope.run.startError : error(parent, plan.parentNode);
  }
}
