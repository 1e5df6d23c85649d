package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiled calls of functions, written as functions or as methods. */
final class Calls {

  private Calls() {}

  /** A call written {@code f(x, y)}. */
  static final class Call extends Code {

    private final Function function;
    private final Code[] arguments;
    private final Place place;

    Call(Function function, List<Code> arguments, Place place) {
      this.function = function;
      this.arguments = arguments.toArray(Code[]::new);
      this.place = place;
    }

    @Override
    @Nullable Object value(Frame frame) {
      @Nullable Object[] values = new @Nullable Object[arguments.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments[i].value(frame);
      }
      return run(function, frame, values, place);
    }
  }

  /** A call written {@code x.f(y)}. */
  static final class Method extends Paths.Segment {

    private final Function function;
    private final Code[] arguments;
    private final Place place;

    Method(Function function, List<Code> arguments, Place place) {
      this.function = function;
      this.arguments = arguments.toArray(Code[]::new);
      this.place = place;
    }

    @Override
    @Nullable Object apply(Frame frame, @Nullable Object target) {
      @Nullable Object[] values = new @Nullable Object[arguments.length + 1];
      values[0] = target;
      for (int i = 0; i < arguments.length; i++) {
        values[i + 1] = arguments[i].value(frame);
      }
      return run(function, frame, values, place);
    }
  }

  /** {@code default(x, y)}. */
  static final class Fallback extends Code {

    private final Code first;
    private final Code second;

    Fallback(Code first, Code second) {
      this.first = first;
      this.second = second;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object value = first.value(frame);
      return value != null ? value : second.value(frame);
    }
  }

  /** {@code x.default(y)}. */
  static final class FallbackMethod extends Paths.Segment {

    private final Code second;

    FallbackMethod(Code second) {
      this.second = second;
    }

    @Override
    @Nullable Object apply(Frame frame, @Nullable Object target) {
      return target != null ? target : second.value(frame);
    }
  }

  private static @Nullable Object run(
      Function function, Frame frame, @Nullable Object[] values, Place place) {
    try {
      frame.step(1);
      return function.body().apply(new Arguments(function, frame, values));
    } catch (ExpressionException failure) {
      throw failure.placed(place);
    }
  }
}
