package io.flowforge.internal.binding;

import io.flowforge.spi.Range;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The least and the greatest that a number or a length may be, both inclusive. */
record Bounds(long min, long max) {
  static final Bounds NONE = new Bounds(Long.MIN_VALUE, Long.MAX_VALUE);

  static Bounds of(@Nullable Range range) {
    return range == null ? NONE : new Bounds(range.min(), range.max());
  }

  boolean isNone() {
    return equals(NONE);
  }

  boolean allow(long value) {
    return value >= min && value <= max;
  }

  /** Whether a number of any size is within; without bounds all are. */
  boolean allow(Number value) {
    if (isNone()) {
      return true;
    }
    if (value instanceof Integer || value instanceof Long) {
      return allow(value.longValue());
    }
    if (value instanceof Double) {
      return value.doubleValue() >= min && value.doubleValue() <= max;
    }
    BigDecimal exact = new BigDecimal(value.toString());
    return exact.compareTo(BigDecimal.valueOf(min)) >= 0
        && exact.compareTo(BigDecimal.valueOf(max)) <= 0;
  }

  /** The bounds in words, such as {@code at least 1}. */
  String words() {
    if (min == Long.MIN_VALUE) {
      return "at most " + max;
    }
    return max == Long.MAX_VALUE ? "at least " + min : "between " + min + " and " + max;
  }

  /** Refuses a size, such as that of a list, which is out of bounds. */
  void requireSize(int size, String unit) {
    if (!allow(size)) {
      throw new Misfit("must have " + words() + " " + unit + ", has " + size);
    }
  }

  /** Adds the bounds that there are to a schema. */
  void describe(Map<String, Object> schema, String minName, String maxName) {
    if (min != Long.MIN_VALUE) {
      schema.put(minName, min);
    }
    if (max != Long.MAX_VALUE) {
      schema.put(maxName, max);
    }
  }
}
