package io.flowforge.actions.transform;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a library gives into plain values of its own. */
final class Results {
  /** Size of a result in characters. */
  private static final long MAX_SIZE = 1 << 20;

  private Results() {}

  static @Nullable Object plain(Language language, @Nullable Object value, Budget budget) {
    if (budget.size(value) > MAX_SIZE) {
      throw Refusals.limit("its result is larger than " + MAX_SIZE + " characters");
    }
    return copy(language, value);
  }

  private static @Nullable Object copy(Language language, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(String.valueOf(key), copy(language, element)));
      return copy;
    }
    if (value instanceof Collection<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(copy(language, element)));
      return copy;
    }
    if (value instanceof Double number) {
      return number(language, number);
    }
    boolean plain =
        value == null
            || value instanceof String
            || value instanceof Boolean
            || value instanceof Integer
            || value instanceof Long
            || value instanceof BigInteger
            || value instanceof BigDecimal;
    if (plain) {
      return value;
    }
    if (value instanceof Number number) {
      return number(language, number.doubleValue());
    }
    throw Refusals.failed(language, "the result holds a function, which is no value");
  }

  /** Whole doubles up to 2^53 become integers, as JSON would show them. */
  private static Number number(Language language, double number) {
    if (!Double.isFinite(number)) {
      throw Refusals.failed(language, "the result holds a number that is not finite");
    }
    if (number != Math.rint(number) || Math.abs(number) > 9007199254740992.0) {
      return number;
    }
    long whole = (long) number;
    return whole == (int) whole ? (Number) (int) whole : whole;
  }
}
