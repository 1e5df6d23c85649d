package io.flowforge.internal.engine;

import io.flowforge.InvalidFlowException;
import io.flowforge.flow.Problem;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.plan.InputCheck;
import io.flowforge.internal.plan.NodeKind;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks what an execution is started with. */
final class StartInputs {
  private StartInputs() {}

  static Map<String, Object> check(
      Plan plan, Map<String, ? extends @Nullable Object> inputs, @Nullable String trigger) {
    if (trigger != null) {
      checkTrigger(plan, trigger);
    }
    if (inputs.isEmpty() && plan.flow.inputs().isEmpty()) {
      return PlainMap.of();
    }
    Map<String, Object> plain = plain(inputs);
    InputCheck check = InputCheck.of(plan.flow, plain);
    if (!check.problems().isEmpty()) {
      throw new InvalidFlowException(check.problems());
    }
    return PlainMap.copyOf(check.values());
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> plain(Map<String, ? extends @Nullable Object> values) {
    return (Map<String, Object>) Objects.requireNonNull(Values.normalise(values));
  }

  private static void checkTrigger(Plan plan, String trigger) {
    List<String> triggers = new ArrayList<>();
    for (PlanNode node : plan.nodes) {
      if (node.kind == NodeKind.TRIGGER) {
        triggers.add(node.id);
      }
    }
    if (!triggers.contains(trigger)) {
      throw new InvalidFlowException(
          List.of(
              new Problem(
                  "FF-INPUT-TRIGGER",
                  "/trigger",
                  null,
                  "the flow has no trigger node "
                      + Shown.quoted(trigger)
                      + NearestName.hint(trigger, triggers))));
    }
  }
}
