package io.flowforge.actions.list;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.ActionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values of lists are told apart and ordered. */
final class Keys {
  private Keys() {}

  /** A value that equals another's when both are the same by content, numbers by value. */
  static @Nullable Object identity(@Nullable Object value) {
    if (value instanceof Number number) {
      return Decimals.of(number).stripTrailingZeros();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new HashMap<>();
      map.forEach((key, element) -> copy.put(key, identity(element)));
      return copy;
    }
    if (value instanceof Collection<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(identity(element)));
      return copy;
    }
    return value;
  }

  /**
   * Orders two values of one type.
   *
   * @throws ActionException {@code FF-LIST-TYPE} when their types differ or have no order
   */
  static int compare(Object left, Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Decimals.of(a).compareTo(Decimals.of(b));
    }
    if (left instanceof String a && right instanceof String b) {
      return compareText(a, b);
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return Boolean.compare(a, b);
    }
    throw ActionException.permanent(
        "FF-LIST-TYPE",
        "Only numbers, texts or booleans of one type can be ordered, found "
            + kind(left)
            + " and "
            + kind(right)
            + ". Make them alike in the expression, for example with string(…).");
  }

  /** By code point, as expressions compare; {@code String.compareTo} is by code unit. */
  private static int compareText(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        // Surrogates stand for code points above all others, though not as code units.
        boolean upper = Character.isSurrogate(left);
        return upper == Character.isSurrogate(right)
            ? Character.compare(left, right)
            : upper ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  static String kind(@Nullable Object value) {
    if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
      return Shown.value(value);
    }
    String type =
        value instanceof Number
            ? "the number "
            : value instanceof String
                ? "the text "
                : value instanceof Boolean ? "the boolean " : "";
    return type + Shown.value(value);
  }
}
