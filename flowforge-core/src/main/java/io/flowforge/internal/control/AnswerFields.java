package io.flowforge.internal.control;

import io.flowforge.flow.Problem;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.text.Shown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks an answer against declared fields: {@code name → {type, required, default, enum}}. */
final class AnswerFields {
  private AnswerFields() {}

  static List<Problem> check(@Nullable Map<String, Object> fields, @Nullable Object answer) {
    if (fields == null || fields.isEmpty()) {
      return List.of();
    }
    if (!(answer instanceof Map<?, ?> given)) {
      return List.of(problem("", "the answer must be a map of fields, was " + Shown.value(answer)));
    }
    List<Problem> problems = new ArrayList<>();
    fields.forEach((name, field) -> check(name, declared(field), given, problems));
    for (Object name : given.keySet()) {
      if (!fields.containsKey(name)) {
        problems.add(
            problem(
                "/" + name,
                "the answer has no field "
                    + Shown.quoted(name)
                    + ", its fields are "
                    + fields.keySet()));
      }
    }
    Collections.sort(problems);
    return problems;
  }

  private static Map<?, ?> declared(@Nullable Object field) {
    if (field instanceof Map<?, ?> map) {
      return map;
    }
    return field == null ? Map.of() : Map.of("type", field);
  }

  private static void check(String name, Map<?, ?> field, Map<?, ?> given, List<Problem> problems) {
    Object value = given.get(name);
    if (value == null) {
      if (Boolean.TRUE.equals(field.get("required")) && field.get("default") == null) {
        problems.add(problem("/" + name, "field " + Shown.quoted(name) + " is required"));
      }
      return;
    }
    String type = String.valueOf(field.get("type")).toLowerCase(Locale.ROOT);
    if (!fits(type, value)) {
      problems.add(
          problem(
              "/" + name,
              "field " + Shown.quoted(name) + " must be " + type + ", was " + Shown.value(value)));
    } else if (field.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
      problems.add(
          problem(
              "/" + name,
              "field "
                  + Shown.quoted(name)
                  + " must be one of "
                  + Shown.value(allowed)
                  + ", was "
                  + Shown.value(value)));
    }
  }

  private static boolean fits(String type, Object value) {
    return switch (type) {
      case "string" -> value instanceof String;
      case "number" -> value instanceof Number;
      case "integer" -> value instanceof Number number && isWhole(number);
      case "boolean" -> value instanceof Boolean;
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      default -> true;
    };
  }

  private static boolean isWhole(Number number) {
    return new BigDecimal(number.toString()).stripTrailingZeros().scale() <= 0;
  }

  private static Problem problem(String pointer, String message) {
    return new Problem("FF-ANSWER", "/answer" + pointer, null, message);
  }

  /** The answer with defaults of absent fields filled in. */
  static @Nullable Object complete(@Nullable Map<String, Object> fields, @Nullable Object answer) {
    if (fields == null || !(answer instanceof Map<?, ?> given)) {
      return answer;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    given.forEach((name, value) -> all.put(String.valueOf(name), value));
    fields.forEach(
        (name, field) -> {
          Object fallback = declared(field).get("default");
          if (all.get(name) == null && fallback != null) {
            all.put(name, fallback);
          }
        });
    return PlainMap.copyOf(all);
  }
}
