package io.flowforge.internal.plan;

import io.flowforge.flow.Flow;
import io.flowforge.flow.Input;
import io.flowforge.flow.Problem;
import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of an execution, checked against what its flow declares.
 *
 * @param values the inputs in the order of their declaration, defaults filled in; what is declared
 *     but neither given nor defaulted is absent
 * @param problems sorted; code {@code FF-INPUT}, path {@code /inputs/NAME}; the values may be used
 *     only when there are none
 */
public record InputCheck(Map<String, Object> values, List<Problem> problems) {
  private static final String CODE = "FF-INPUT";
  private static final int MOST = 100;

  /** Checks plain values; a flow that declares no inputs takes any. */
  public static InputCheck of(Flow flow, Map<String, ? extends @Nullable Object> given) {
    Map<String, Input> declared = flow.inputs().orElse(null);
    if (declared == null) {
      return new InputCheck(Collections.unmodifiableMap(new LinkedHashMap<>(given)), List.of());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    declared.forEach(
        (name, input) -> {
          if (given.containsKey(name)) {
            take(name, input, given.get(name), values, problems);
          } else {
            supply(name, input, values, problems);
          }
        });
    given.keySet().stream()
        .filter(name -> !declared.containsKey(name))
        .limit(MOST)
        .forEach(name -> problems.add(undeclared(name, declared)));
    List<Problem> sorted = problems.stream().sorted().limit(MOST).toList();
    return new InputCheck(Collections.unmodifiableMap(values), sorted);
  }

  private static void take(
      String name,
      Input input,
      @Nullable Object value,
      Map<String, Object> values,
      List<Problem> problems) {
    values.put(name, value);
    input
        .refusal(value)
        .ifPresent(
            refusal -> problems.add(problem(name, Shown.quoted(name) + " " + refusal + ".")));
  }

  private static void supply(
      String name, Input input, Map<String, Object> values, List<Problem> problems) {
    if (input.defaultValue() != null) {
      values.put(name, input.defaultValue());
    } else if (input.required()) {
      String type = input.type().text();
      problems.add(problem(name, Shown.quoted(name) + " is required, of type " + type + "."));
    }
  }

  private static Problem undeclared(String name, Map<String, Input> declared) {
    String known =
        declared.isEmpty()
            ? " The flow takes no inputs."
            : NearestName.hint(name, declared.keySet());
    return problem(name, Shown.quoted(name) + " is not declared by the flow." + known);
  }

  private static Problem problem(String name, String clause) {
    return new Problem(CODE, Pointer.join("/inputs", name), null, "input " + clause);
  }
}
