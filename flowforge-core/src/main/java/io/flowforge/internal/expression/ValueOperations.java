package io.flowforge.internal.expression;

import org.jspecify.annotations.Nullable;

/** What operators of the language do, for others that compare or add up plain values. */
public final class ValueOperations {

  private ValueOperations() {}

  /**
   * What {@code ==} says: deep, numbers by value, false across types.
   *
   * @throws ExpressionException with {@link ExpressionCode#BUDGET} or {@link ExpressionCode#OUTPUT}
   *     for values that are too large or nested too deep to be compared
   */
  public static boolean equal(@Nullable Object left, @Nullable Object right) {
    return Equality.equal(Frame.standalone(), left, right);
  }

  /**
   * What {@code +} gives for numbers.
   *
   * @throws ExpressionException with {@link ExpressionCode#NUMBER} on overflow
   */
  public static Number sum(Number left, Number right) {
    return Numbers.add(left, right);
  }

  /**
   * A value as it stands inside a text: null as nothing, maps and lists as JSON.
   *
   * @throws ExpressionException with {@link ExpressionCode#OUTPUT} beyond 1 MiB, {@link
   *     ExpressionCode#TYPE} for what is not plain
   */
  public static String text(@Nullable Object value) {
    return ValueFunctions.text(Frame.standalone(), value);
  }
}
