package io.flowforge.internal.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the size of a value that an expression has built, as it will be written out: parts that
 * are shared in memory count as often as they occur.
 */
final class Measure {

  private static final int PER_ELEMENT = 8;

  private long size;

  private Measure() {}

  /** Refuses a result that is too large or nested too deep. */
  static void check(@Nullable Object result) {
    if (result instanceof List || result instanceof Map) {
      new Measure().add(result, 0);
    }
  }

  /** True if a value is small enough to be kept in a plan. */
  static boolean isSmall(@Nullable Object value) {
    Measure measure = new Measure();
    try {
      measure.add(value, 0);
      return measure.size <= Limits.RESULT / 256;
    } catch (ExpressionException tooLarge) {
      return false;
    }
  }

  private void add(@Nullable Object value, int depth) {
    size += PER_ELEMENT;
    if (value instanceof String text) {
      size += text.length();
    }
    if (size > Limits.RESULT) {
      throw Frame.tooLarge();
    }
    if (value instanceof List<?> list) {
      int below = Depth.next(depth);
      for (Object element : list) {
        add(element, below);
      }
    } else if (value instanceof Map<?, ?> map) {
      int below = Depth.next(depth);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        size += String.valueOf(entry.getKey()).length();
        add(entry.getValue(), below);
      }
    }
  }
}
