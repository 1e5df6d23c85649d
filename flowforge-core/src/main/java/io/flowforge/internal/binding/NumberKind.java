package io.flowforge.internal.binding;

import io.flowforge.internal.text.Shown;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes numbers, by value: a whole {@code 5.0} is an integer, an integer is a number; text is none.
 */
final class NumberKind extends Kind {
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private final Target target;
  private final Bounds bounds;

  private NumberKind(Target target, Bounds bounds) {
    this.target = target;
    this.bounds = bounds;
  }

  /** The kind of a number class; null when it is not known. */
  static @Nullable NumberKind of(Class<?> type, Bounds bounds) {
    for (Target target : Target.values()) {
      if (target.type == type || target.primitive == type) {
        return new NumberKind(target, bounds);
      }
    }
    return null;
  }

  @Override
  String noun() {
    return target.whole ? "a whole number" : "a number";
  }

  @Override
  Object convert(Object value) {
    if (!(value instanceof Number number)) {
      throw misfit(value);
    }
    Number converted = target.type.isInstance(value) ? number : convert(number);
    if (!bounds.allow(converted)) {
      throw new Misfit("must be " + bounds.words() + ", was " + Shown.value(value));
    }
    return converted;
  }

  private Number convert(Number value) {
    if (value instanceof Double && !Double.isFinite(value.doubleValue())) {
      throw misfit(value);
    }
    return switch (target) {
      case INT -> (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> finite(value);
      case DECIMAL -> exact(value);
      case INTEGER -> integer(value);
      case ANY -> value;
    };
  }

  private long whole(Number value, long least, long greatest) {
    long whole = value instanceof Integer || value instanceof Long ? value.longValue() : big(value);
    if (whole < least || whole > greatest) {
      throw new Misfit(
          "must be between " + least + " and " + greatest + ", was " + Shown.value(value));
    }
    return whole;
  }

  private long big(Number value) {
    BigDecimal exact = exact(value);
    if (exact.compareTo(LEAST_LONG) < 0 || exact.compareTo(GREATEST_LONG) > 0) {
      throw new Misfit("must be smaller than 2^63, was " + Shown.value(value));
    }
    if (exact.stripTrailingZeros().scale() > 0) {
      throw misfit(value);
    }
    return exact.longValue();
  }

  private Number finite(Number value) {
    double converted = value.doubleValue();
    if (!Double.isFinite(converted)) {
      throw new Misfit("must be smaller than 1.8e308, was " + Shown.value(value));
    }
    return converted;
  }

  private BigInteger integer(Number value) {
    BigDecimal exact = exact(value);
    if (exact.stripTrailingZeros().scale() > 0) {
      throw misfit(value);
    }
    return exact.toBigInteger();
  }

  private BigDecimal exact(Number value) {
    BigDecimal exact =
        value instanceof BigInteger big ? new BigDecimal(big) : new BigDecimal(value.toString());
    // Plain values are smaller; a test of their own keeps giants from being written out.
    if (Math.abs((long) exact.precision() - exact.scale()) > 2L * PlainNumbers.MAX_EXPONENT) {
      throw new Misfit("must have at most " + PlainNumbers.MAX_EXPONENT + " digits");
    }
    return exact;
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", target.whole ? "integer" : "number");
    bounds.describe(schema, "minimum", "maximum");
    return schema;
  }

  /** The Java types of numbers that a component may have. */
  private enum Target {
    INT(Integer.class, int.class, true),
    LONG(Long.class, long.class, true),
    DOUBLE(Double.class, double.class, false),
    DECIMAL(BigDecimal.class, BigDecimal.class, false),
    INTEGER(BigInteger.class, BigInteger.class, true),
    ANY(Number.class, Number.class, false);

    private final Class<?> type;
    private final Class<?> primitive;
    private final boolean whole;

    Target(Class<?> type, Class<?> primitive, boolean whole) {
      this.type = type;
      this.primitive = primitive;
      this.whole = whole;
    }
  }
}
