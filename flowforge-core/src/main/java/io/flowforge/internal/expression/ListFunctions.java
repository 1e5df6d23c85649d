package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that take lists apart and put them together. */
final class ListFunctions {

  private ListFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of("first(list)", "The first element, null if empty.", a -> at(a, 0)),
        Function.of(
            "last(list)", "The last element, null if empty.", a -> at(a, a.list(0).size() - 1)),
        Function.of(
            "contains(whole, part)",
            "True if a string contains a part, or a list an equal element.",
            ListFunctions::contains),
        Function.of(
            "indexOf(whole, part)",
            "Where a part of a string or an element of a list is first found, else -1.",
            ListFunctions::indexOf),
        Function.of(
            "slice(list, start, end?)",
            "Elements from start up to before end; cut to the list.",
            ListFunctions::slice),
        Function.of("concat(list, …)", "The elements of all lists.", ListFunctions::concat),
        Function.of(
            "flatten(list)",
            "Elements that are lists replaced by their elements, one level deep.",
            ListFunctions::flatten),
        Function.of(
            "zip(list, other)",
            "Pairs of elements, as many as the shorter list has.",
            ListFunctions::zip),
        Function.of(
            "chunk(list, size)",
            "Lists of so many elements each; the last may be shorter.",
            ListFunctions::chunk),
        Function.of(
            "reverse(value)",
            "The elements of a list or characters of a string in reverse order.",
            ListFunctions::reverse));
  }

  private static @Nullable Object at(Arguments arguments, int index) {
    return Values.element(arguments.list(0), index);
  }

  private static Object contains(Arguments arguments) {
    if (arguments.value(0) instanceof String) {
      return arguments.text(0).contains(arguments.text(1));
    }
    if (arguments.value(0) instanceof List<?> list) {
      return Operator.contains(arguments.frame(), list, arguments.value(1));
    }
    throw arguments.wrongType(0, "a string or a list");
  }

  private static Object indexOf(Arguments arguments) {
    if (arguments.value(0) instanceof String) {
      String text = arguments.text(0);
      int at = text.indexOf(arguments.text(1));
      return at < 0 ? -1 : text.codePointCount(0, at);
    }
    if (!(arguments.value(0) instanceof List)) {
      throw arguments.wrongType(0, "a string or a list");
    }
    int index = 0;
    for (Object element : arguments.list(0)) {
      if (Equality.equal(arguments.frame(), element, arguments.value(1))) {
        return index;
      }
      index++;
    }
    return -1;
  }

  private static Object slice(Arguments arguments) {
    List<?> list = arguments.list(0);
    int start = TextFunctions.position(arguments.whole(1), list.size());
    int end = TextFunctions.position(arguments.whole(2, list.size()), list.size());
    return result(arguments, list.subList(Math.min(start, end), end));
  }

  /** A copy of elements as a result. */
  static List<@Nullable Object> result(Arguments arguments, List<?> elements) {
    arguments.frame().growList(elements.size());
    return Collections.unmodifiableList(new ArrayList<@Nullable Object>(elements));
  }

  private static Object concat(Arguments arguments) {
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 0; i < arguments.count(); i++) {
      all.addAll(arguments.list(i));
    }
    return result(arguments, all);
  }

  private static Object flatten(Arguments arguments) {
    List<@Nullable Object> flat = new ArrayList<>();
    for (Object element : arguments.list(0)) {
      if (element instanceof List<?> inner) {
        arguments.frame().step(inner.size());
        flat.addAll(inner);
      } else {
        flat.add(element);
      }
    }
    return result(arguments, flat);
  }

  private static Object zip(Arguments arguments) {
    List<?> left = arguments.list(0);
    List<?> right = arguments.list(1);
    List<@Nullable Object> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      List<@Nullable Object> pair = new ArrayList<>(2);
      pair.add(left.get(i));
      pair.add(right.get(i));
      pairs.add(result(arguments, pair));
    }
    return result(arguments, pairs);
  }

  private static Object chunk(Arguments arguments) {
    List<?> list = arguments.list(0);
    long size = arguments.whole(1);
    if (size < 1) {
      throw arguments.wrongValue("size must be at least 1, was " + size);
    }
    List<@Nullable Object> chunks = new ArrayList<>();
    for (long from = 0; from < list.size(); from += size) {
      int to = (int) Math.min(list.size(), from + size);
      chunks.add(result(arguments, list.subList((int) from, to)));
    }
    return result(arguments, chunks);
  }

  private static Object reverse(Arguments arguments) {
    if (arguments.value(0) instanceof String) {
      String text = arguments.text(0);
      return new TextBuilder(arguments.frame())
          .append(new StringBuilder(text).reverse())
          .toString();
    }
    if (!(arguments.value(0) instanceof List)) {
      throw arguments.wrongType(0, "a list or a string");
    }
    List<@Nullable Object> reversed = new ArrayList<>(arguments.list(0));
    Collections.reverse(reversed);
    return result(arguments, reversed);
  }
}
