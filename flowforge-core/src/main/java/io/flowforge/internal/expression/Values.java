package io.flowforge.internal.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of plain values and how members of them are read. */
final class Values {

  private Values() {}

  /** Name of a value's type, as the function {@code type} gives it. */
  static String type(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Number) {
      return "number";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    if (value instanceof List) {
      return "list";
    }
    // Whatever else the host puts into a map is carried, never looked into.
    return value instanceof Map ? "map" : "opaque value";
  }

  /** The entry of a map, null for a missing one and for everything that is no map. */
  static @Nullable Object member(@Nullable Object value, String name) {
    return value instanceof Map<?, ?> map ? map.get(name) : null;
  }

  /** The element of a list or the entry of a map, null where there is none. */
  static @Nullable Object element(@Nullable Object value, @Nullable Object index) {
    if (value instanceof Map<?, ?> map) {
      return index instanceof String key ? map.get(key) : null;
    }
    if (value instanceof List<?> list && index instanceof Number number) {
      return element(list, Numbers.wholeOr(number, -1));
    }
    return null;
  }

  static @Nullable Object element(List<?> list, long index) {
    return index >= 0 && index < list.size() ? list.get((int) index) : null;
  }
}
