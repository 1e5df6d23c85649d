package io.flowforge.internal.expression;

/** Counts how deep a walk through a value has come, so that no value can exhaust the stack. */
final class Depth {

  private Depth() {}

  static int next(int depth) {
    if (depth >= Limits.VALUE_DEPTH) {
      throw ExpressionException.of(
          ExpressionCode.OUTPUT, "a value is nested deeper than " + Limits.VALUE_DEPTH);
    }
    return depth + 1;
  }
}
