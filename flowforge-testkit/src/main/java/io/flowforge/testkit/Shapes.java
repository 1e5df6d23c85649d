package io.flowforge.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the shape of plain values: their kinds and keys, not what they hold. */
final class Shapes {
  private Shapes() {}

  /** Where a value has another shape than its example; null when nowhere. Null fits everything. */
  static @Nullable String difference(@Nullable Object example, @Nullable Object actual) {
    return difference("", example, actual);
  }

  private static @Nullable String difference(
      String place, @Nullable Object example, @Nullable Object actual) {
    if (example == null || actual == null) {
      return null;
    }
    if (!kind(example).equals(kind(actual))) {
      return (place.isEmpty() ? "it" : place)
          + " is a "
          + kind(actual)
          + ", not a "
          + kind(example);
    }
    if (example instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> given) {
      return maps(place, wanted, given);
    }
    if (example instanceof List<?> wanted && actual instanceof List<?> given && !wanted.isEmpty()) {
      for (int i = 0; i < given.size(); i++) {
        String found = difference(place + "/" + i, wanted.get(0), given.get(i));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable String maps(String place, Map<?, ?> example, Map<?, ?> actual) {
    for (Map.Entry<?, ?> entry : example.entrySet()) {
      String at = place + "/" + entry.getKey();
      if (!actual.containsKey(entry.getKey())) {
        return at + " is missing";
      }
      String found = difference(at, entry.getValue(), actual.get(entry.getKey()));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static String kind(Object value) {
    if (value instanceof Map) {
      return "map";
    }
    if (value instanceof List) {
      return "list";
    }
    if (value instanceof Number) {
      return "number";
    }
    return value instanceof Boolean ? "boolean" : "text";
  }
}
