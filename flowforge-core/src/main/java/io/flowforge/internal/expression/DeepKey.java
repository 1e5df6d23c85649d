package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a value into an object whose {@code equals} is the language's deep equality. */
final class DeepKey {

  private static final Object NULL = new Object();

  private DeepKey() {}

  static Object of(Frame frame, @Nullable Object value) {
    return of(frame, value, 0);
  }

  private static Object of(Frame frame, @Nullable Object value, int depth) {
    frame.step(1);
    if (value instanceof Number number) {
      return Numbers.key(number);
    }
    if (value instanceof List<?> list) {
      int below = Depth.next(depth);
      List<Object> keys = new ArrayList<>(list.size());
      list.forEach(element -> keys.add(of(frame, element, below)));
      return keys;
    }
    if (value instanceof Map<?, ?> map) {
      int below = Depth.next(depth);
      Map<Object, Object> keys = new HashMap<>();
      map.forEach((key, element) -> keys.put(key, of(frame, element, below)));
      return keys;
    }
    if (value instanceof String text) {
      frame.read(text);
      return text;
    }
    return value == null ? NULL : value;
  }
}
