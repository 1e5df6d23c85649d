package io.flowforge.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares plain values, numbers by value, and tells where they differ. */
final class Differences {
  private static final int MOST = 20;
  private static final int LONGEST = 200;

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  /** The first difference, or null. */
  static @Nullable String first(@Nullable Object expected, @Nullable Object actual) {
    List<String> all = all(expected, actual);
    return all.isEmpty() ? null : all.get(0);
  }

  /** The first differences, each with the JSON pointer of its place. */
  static List<String> all(@Nullable Object expected, @Nullable Object actual) {
    Differences differences = new Differences();
    differences.compare("", expected, actual);
    return differences.found;
  }

  private void compare(String place, @Nullable Object expected, @Nullable Object actual) {
    if (found.size() >= MOST) {
      return;
    }
    if (expected instanceof Map<?, ?> left && actual instanceof Map<?, ?> right) {
      maps(place, left, right);
    } else if (expected instanceof List<?> left && actual instanceof List<?> right) {
      lists(place, left, right);
    } else if (expected instanceof Number left && actual instanceof Number right) {
      if (decimal(left).compareTo(decimal(right)) != 0) {
        add(place, "expected " + left + ", was " + right);
      }
    } else if (!Objects.equals(expected, actual)) {
      add(place, "expected " + shown(expected) + ", was " + shown(actual));
    }
  }

  private void maps(String place, Map<?, ?> expected, Map<?, ?> actual) {
    Set<Object> keys = new LinkedHashSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    for (Object key : keys) {
      String at = place + "/" + String.valueOf(key).replace("~", "~0").replace("/", "~1");
      if (!actual.containsKey(key)) {
        add(at, "expected " + shown(expected.get(key)) + ", is missing");
      } else if (!expected.containsKey(key)) {
        add(at, "expected nothing, was " + shown(actual.get(key)));
      } else {
        compare(at, expected.get(key), actual.get(key));
      }
    }
  }

  private void lists(String place, List<?> expected, List<?> actual) {
    if (expected.size() != actual.size()) {
      add(place, "expected " + expected.size() + " elements, has " + actual.size());
    }
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      compare(place + "/" + i, expected.get(i), actual.get(i));
    }
  }

  private void add(String place, String what) {
    found.add((place.isEmpty() ? "" : place + ": ") + what);
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }

  private static String shown(@Nullable Object value) {
    String text = value instanceof String string ? '"' + string + '"' : String.valueOf(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
