package io.flowforge.internal.expression;

import org.jspecify.annotations.Nullable;

/** A piece of compiled expression. Immutable; one object is run by many threads. */
abstract class Code {

  /** Runs this piece. */
  abstract @Nullable Object value(Frame frame);

  /** A value that is known beforehand. */
  static final class Constant extends Code {

    private final @Nullable Object value;

    Constant(@Nullable Object value) {
      this.value = value;
    }

    @Nullable Object known() {
      return value;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return value;
    }
  }
}
