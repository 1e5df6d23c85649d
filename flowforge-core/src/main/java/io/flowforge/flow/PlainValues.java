package io.flowforge.flow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings values from Java code into the one form that reading a document gives, so that a flow made
 * in code equals the same flow read, and nobody can change it afterwards.
 */
final class PlainValues {
  private static final int DEEPEST = 64;

  /** Decimals of so many digits and so small an exponent are exact as the nearest double's text. */
  private static final int SAFE_DIGITS = 15;

  private static final int SAFE_EXPONENT = 290;

  private PlainValues() {}

  /** An unmodifiable copy. */
  static Map<String, Object> copy(Map<String, ? extends @Nullable Object> values) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach((key, value) -> copy.put(key, copy(key, value)));
    return Collections.unmodifiableMap(copy);
  }

  /** An unmodifiable copy of plain values with one more. */
  static Map<String, Object> with(Map<String, Object> values, String key, @Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(key, copy(key, value));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * A copy of one value.
   *
   * @param name what the message calls the value
   * @throws IllegalArgumentException when it is not plain
   */
  static @Nullable Object copy(String name, @Nullable Object value) {
    return copy(name, value, 0);
  }

  /** Whether two plain values are the same, numbers by value. */
  static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return x.equals(y) || exact(x).compareTo(exact(y)) == 0;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      return sameLists(x, y);
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.keySet().equals(y.keySet())
          && x.entrySet().stream().allMatch(entry -> same(entry.getValue(), y.get(entry.getKey())));
    }
    return a == null ? b == null : a.equals(b);
  }

  /** Whether a number has no fraction. */
  static boolean isWhole(Number number) {
    if (number instanceof Double || number instanceof Float) {
      return number.doubleValue() == Math.rint(number.doubleValue())
          && Double.isFinite(number.doubleValue());
    }
    return !(number instanceof BigDecimal decimal)
        || decimal.signum() == 0
        || decimal.stripTrailingZeros().scale() <= 0;
  }

  private static boolean sameLists(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static BigDecimal exact(Number number) {
    return new BigDecimal(number.toString());
  }

  private static @Nullable Object copy(String name, @Nullable Object value, int depth) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return narrow(name, number);
    }
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          name + " must not be nested deeper than " + DEEPEST + " levels, or hold itself");
    }
    if (value instanceof Map<?, ?> map) {
      return copyMap(name, map, depth);
    }
    return value instanceof Collection<?> list ? copyList(name, list, depth) : text(name, value);
  }

  private static Map<String, Object> copyMap(String name, Map<?, ?> map, int depth) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String text)) {
            throw new IllegalArgumentException(name + " must have text keys, one was " + key);
          }
          copy.put(text, copy(name, value, depth + 1));
        });
    return Collections.unmodifiableMap(copy);
  }

  private static List<Object> copyList(String name, Collection<?> list, int depth) {
    List<Object> copy = new ArrayList<>(list.size());
    for (Object element : list) {
      copy.add(copy(name, element, depth + 1));
    }
    return Collections.unmodifiableList(copy);
  }

  private static String text(String name, Object value) {
    if (value instanceof Duration duration) {
      return Durations.text(duration);
    }
    if (value instanceof Instant || value instanceof Enum<?> || value instanceof CharSequence) {
      return value.toString();
    }
    throw new IllegalArgumentException(
        name
            + " must be made of maps, lists, text, numbers, booleans and null, held a "
            + value.getClass().getSimpleName());
  }

  private static Number narrow(String name, Number number) {
    if (number instanceof Integer) {
      return number;
    }
    if (number instanceof Double || number instanceof Float) {
      double value = number instanceof Double exact ? exact : Double.parseDouble("" + number);
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(name + " must be a finite number, was " + number);
      }
      return value;
    }
    if (number instanceof BigDecimal decimal) {
      return narrow(decimal);
    }
    return narrow(new BigInteger(number.toString()));
  }

  private static Number narrow(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return value.intValue();
    }
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  private static Number narrow(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    int magnitude = shortest.precision() - shortest.scale() - 1;
    double near = value.doubleValue();
    boolean safe = shortest.precision() <= SAFE_DIGITS && Math.abs(magnitude) < SAFE_EXPONENT;
    boolean exact =
        safe || Double.isFinite(near) && new BigDecimal("" + near).compareTo(value) == 0;
    if (value.scale() == 0 || !exact && shortest.scale() == 0) {
      return narrow(shortest.toBigInteger()); // Its text is that of a whole number.
    }
    return exact ? (Number) near : shortest;
  }
}
