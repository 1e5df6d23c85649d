package io.flowforge.internal.expression;

import org.jspecify.annotations.Nullable;

/** The order of two numbers or two texts; everything else has none. */
final class Order {

  private Order() {}

  static int compare(Frame frame, String operator, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Numbers.compare(a, b);
    }
    if (left instanceof String a && right instanceof String b) {
      if (a.length() >= 1024) {
        frame.read(a);
      }
      return texts(a, b);
    }
    throw ExpressionException.of(
        ExpressionCode.TYPE,
        operator
            + " compares two numbers or two strings, not "
            + Described.value(left)
            + " and "
            + Described.value(right));
  }

  /** Compares by code point; char order would put U+1F600 before U+FFEE. */
  static int texts(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean mixed = Character.isSurrogate(a) != Character.isSurrogate(b);
        return mixed ? Character.isSurrogate(a) ? 1 : -1 : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
