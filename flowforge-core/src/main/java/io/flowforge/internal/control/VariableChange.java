package io.flowforge.internal.control;

import io.flowforge.internal.binding.PlainList;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.expression.ExpressionException;
import io.flowforge.internal.expression.ValueOperations;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.ActionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** New values of variables; a variable that does not exist yet counts as 0, [] or {}. */
final class VariableChange {
  private VariableChange() {}

  static Object append(String name, @Nullable Object before, @Nullable Object value) {
    if (before != null && !(before instanceof List)) {
      throw wrong(name, "a list", "append to", before);
    }
    List<Object> all = before == null ? new ArrayList<>() : new ArrayList<>((List<?>) before);
    all.add(value);
    return PlainList.copyOf(all);
  }

  static Object increment(String name, @Nullable Object before, @Nullable Object value) {
    Object from = before == null ? (Object) 0 : before;
    Object by = value == null ? (Object) 1 : value;
    if (!(from instanceof Number left)) {
      throw wrong(name, "a number", "increment", from);
    }
    if (!(by instanceof Number right)) {
      throw wrong(name, "a number", "increment by a value of", by);
    }
    return sum(name, left, right);
  }

  private static Number sum(String name, Number left, Number right) {
    try {
      return ValueOperations.sum(left, right);
    } catch (ExpressionException failure) {
      throw ActionException.permanent(
          failure.code().code(),
          "cannot increment variable \"" + name + "\": " + failure.getMessage());
    }
  }

  static Object merge(String name, @Nullable Object before, @Nullable Object value) {
    if (before != null && !(before instanceof Map)) {
      throw wrong(name, "a map", "merge into", before);
    }
    if (!(value instanceof Map<?, ?> more)) {
      throw wrong(name, "a map", "merge a value of", value);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    if (before instanceof Map<?, ?> old) {
      old.forEach((key, each) -> all.put(String.valueOf(key), each));
    }
    more.forEach((key, each) -> all.put(String.valueOf(key), each));
    return PlainMap.copyOf(all);
  }

  private static ActionException wrong(
      String name, String wanted, String verb, @Nullable Object value) {
    return ActionException.permanent(
        "FF-VARIABLE",
        "cannot "
            + verb
            + " variable \""
            + name
            + "\": "
            + wanted
            + " is needed, was "
            + Shown.value(value));
  }
}
