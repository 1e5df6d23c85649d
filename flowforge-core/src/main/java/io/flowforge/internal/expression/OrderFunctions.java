package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that order, group and tell elements apart. A key is a path such as {@code a.b}. */
final class OrderFunctions {

  private OrderFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of(
            "sort(list)",
            "In ascending order; all numbers or all strings, nulls last.",
            a -> sorted(a, element -> element)),
        Function.of(
            "sortBy(list, key)",
            "Maps in ascending order of the value under a key.",
            a -> sorted(a, DataPath.of(a, a.text(1))::read)),
        Function.of(
            "distinct(list)", "Without elements that occurred before.", OrderFunctions::distinct),
        Function.of(
            "groupBy(list, key)",
            "A map from each value under a key, as text, to its elements.",
            OrderFunctions::groupBy),
        Function.of(
            "keyBy(list, key)",
            "A map from each value under a key, as text, to its last element.",
            OrderFunctions::keyBy),
        Function.of(
            "sumBy(list, key)", "The sum of the numbers under a key.", OrderFunctions::sumBy));
  }

  private static List<@Nullable Object> sorted(
      Arguments arguments, java.util.function.Function<@Nullable Object, @Nullable Object> key) {
    List<@Nullable Object> elements = new ArrayList<>(arguments.list(0));
    Comparator<@Nullable Object> order =
        (left, right) -> compare(arguments.frame(), key.apply(left), key.apply(right));
    if (elements.size() == 1) {
      order.compare(elements.get(0), elements.get(0));
    }
    elements.sort(order);
    return ListFunctions.result(arguments, elements);
  }

  private static int compare(Frame frame, @Nullable Object left, @Nullable Object right) {
    frame.step(1);
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    return Order.compare(frame, "sort", left, right);
  }

  private static Object distinct(Arguments arguments) {
    Map<Object, @Nullable Object> seen = new LinkedHashMap<>();
    for (Object element : arguments.list(0)) {
      seen.putIfAbsent(DeepKey.of(arguments.frame(), element), element);
    }
    return ListFunctions.result(arguments, new ArrayList<>(seen.values()));
  }

  private static Object groupBy(Arguments arguments) {
    DataPath key = DataPath.of(arguments, arguments.text(1));
    Map<String, List<@Nullable Object>> groups = new LinkedHashMap<>();
    for (Object element : arguments.list(0)) {
      String name = ValueFunctions.text(arguments.frame(), key.read(element));
      groups.computeIfAbsent(name, none -> new ArrayList<>()).add(element);
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    groups.forEach((name, group) -> result.put(name, ListFunctions.result(arguments, group)));
    return MapFunctions.result(arguments, result);
  }

  private static Object keyBy(Arguments arguments) {
    DataPath key = DataPath.of(arguments, arguments.text(1));
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    for (Object element : arguments.list(0)) {
      result.put(ValueFunctions.text(arguments.frame(), key.read(element)), element);
    }
    return MapFunctions.result(arguments, result);
  }

  private static Object sumBy(Arguments arguments) {
    DataPath key = DataPath.of(arguments, arguments.text(1));
    Number sum = 0;
    for (Object element : arguments.list(0)) {
      Object value = key.read(element);
      if (!(value instanceof Number number)) {
        throw arguments.wrongValue(
            "\"" + Described.text(arguments.text(1)) + "\" is " + Described.value(value));
      }
      sum = Numbers.add(sum, number);
    }
    return sum;
  }
}
