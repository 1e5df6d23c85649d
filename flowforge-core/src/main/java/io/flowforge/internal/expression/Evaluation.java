package io.flowforge.internal.expression;

import org.jspecify.annotations.Nullable;

/** Runs compiled expressions and checks what comes out. */
final class Evaluation {

  private Evaluation() {}

  static @Nullable Object run(Unit unit, Variables variables) {
    if (unit.code() instanceof Code.Constant constant) {
      return constant.known();
    }
    return run(unit, Frame.of(variables, unit.bound()));
  }

  static @Nullable Object run(Unit unit, Frame frame) {
    Object value = unit.code().value(frame);
    if (frame.hasBuilt()) {
      try {
        Measure.check(value);
      } catch (ExpressionException failure) {
        throw failure.placed(unit.place());
      }
    }
    return value;
  }
}
