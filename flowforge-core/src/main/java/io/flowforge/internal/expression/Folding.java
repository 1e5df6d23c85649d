package io.flowforge.internal.expression;

import java.util.List;

/** Computes what is constant while compiling, if that is cheap and its value is small. */
final class Folding {

  private Folding() {}

  /** Folds code that reads nothing. */
  static Code fold(Code code, int bound) {
    if (code instanceof Code.Constant) {
      return code;
    }
    try {
      Object value = code.value(Frame.folding(bound));
      return Measure.isSmall(value) ? new Code.Constant(value) : code;
    } catch (ExpressionException ignored) {
      // It fails, or costs too much, whenever it is run: then it says so to whoever runs it.
      return code;
    }
  }

  /** Folds code whose parts are all constant. */
  static Code fold(Code code, List<Code> parts) {
    boolean constant = parts.stream().allMatch(Code.Constant.class::isInstance);
    return constant ? fold(code, 0) : code;
  }
}
