package io.flowforge.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces values that change from run to run. */
final class Blank {
  static final String TEXT = "(ignored)";

  private Blank() {}

  /** A copy with another value at a JSON pointer; the value itself when nothing is there. */
  static @Nullable Object at(String pointer, @Nullable Object value) {
    if (pointer.isEmpty()) {
      return TEXT;
    }
    if (pointer.charAt(0) != '/') {
      throw new IllegalArgumentException(
          "a JSON pointer begins with \"/\", was \"" + pointer + "\"");
    }
    int end = pointer.indexOf('/', 1);
    String step = pointer.substring(1, end < 0 ? pointer.length() : end);
    String rest = end < 0 ? "" : pointer.substring(end);
    if (value instanceof Map<?, ?> map) {
      return in(map, step.replace("~1", "/").replace("~0", "~"), rest);
    }
    return value instanceof List<?> list && step.matches("\\d{1,9}")
        ? in(list, Integer.parseInt(step), rest)
        : value;
  }

  private static Map<Object, Object> in(Map<?, ?> map, String key, String rest) {
    Map<Object, Object> copy = new LinkedHashMap<>(map);
    if (copy.containsKey(key)) {
      copy.put(key, at(rest, copy.get(key)));
    }
    return copy;
  }

  private static List<Object> in(List<?> list, int index, String rest) {
    List<Object> copy = new ArrayList<>(list);
    if (index < copy.size()) {
      copy.set(index, at(rest, copy.get(index)));
    }
    return copy;
  }
}
