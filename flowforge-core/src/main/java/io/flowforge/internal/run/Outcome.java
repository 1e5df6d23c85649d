package io.flowforge.internal.run;

import io.flowforge.execution.NodeStatus;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.plan.Plan;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a scope returns: its declared outputs, else its output nodes', else its terminal nodes'. */
final class Outcome {
  private Outcome() {}

  @SuppressWarnings("unchecked")
  static Map<String, Object> outputs(Scope scope) {
    Plan plan = scope.plan;
    if (plan.outputs != null) {
      Object declared = plan.outputs.resolve(new Env(scope, -1));
      return (Map<String, Object>) Objects.requireNonNull(Values.normalise(declared));
    }
    boolean named = plan.outputNodes.length > 0;
    int[] nodes = named ? plan.outputNodes : plan.terminals;
    PlainMap.Builder values = PlainMap.builder();
    for (int i = 0; i < nodes.length; i++) {
      if (scope.status(nodes[i]) == NodeStatus.COMPLETED) {
        values.put(named ? plan.outputNames[i] : plan.nodes[nodes[i]].id, scope.output(nodes[i]));
      }
    }
    return values.build();
  }

  /** The result of an iteration. */
  static @Nullable Object result(Scope scope) {
    if (scope.run.replaying) {
      return scope.replayed;
    }
    return outputs(scope);
  }
}
