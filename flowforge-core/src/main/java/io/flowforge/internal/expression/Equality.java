package io.flowforge.internal.expression;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deep equality: numbers by value, maps without order, never across types. */
final class Equality {

  private Equality() {}

  static boolean equal(Frame frame, @Nullable Object left, @Nullable Object right) {
    return equal(frame, left, right, 0);
  }

  private static boolean equal(
      Frame frame, @Nullable Object left, @Nullable Object right, int depth) {
    if (left instanceof String text) {
      return right instanceof String other && texts(frame, text, other);
    }
    if (left instanceof Number a && right instanceof Number b) {
      return Numbers.equal(a, b);
    }
    return left == right || left != null && right != null && deep(frame, left, right, depth);
  }

  private static boolean texts(Frame frame, String left, String right) {
    if (left.length() >= 1024 && left.length() == right.length()) {
      frame.read(left);
    }
    return left.equals(right);
  }

  private static boolean deep(Frame frame, Object left, Object right, int depth) {
    if (left instanceof Boolean) {
      return left.equals(right);
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return lists(frame, a, b, Depth.next(depth));
    }
    return left instanceof Map<?, ?> a
        && right instanceof Map<?, ?> b
        && maps(frame, a, b, Depth.next(depth));
  }

  private static boolean lists(Frame frame, List<?> left, List<?> right, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> other = right.iterator();
    for (Object element : left) {
      frame.step(1);
      if (!other.hasNext() || !equal(frame, element, other.next(), depth)) {
        return false;
      }
    }
    return true;
  }

  private static boolean maps(Frame frame, Map<?, ?> left, Map<?, ?> right, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      frame.step(1);
      Object key = entry.getKey();
      if (!(key instanceof String) || !right.containsKey(key)) {
        return false;
      }
      if (!equal(frame, entry.getValue(), right.get(key), depth)) {
        return false;
      }
    }
    return true;
  }
}
