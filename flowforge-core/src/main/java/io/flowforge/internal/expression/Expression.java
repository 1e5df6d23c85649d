package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled expression: immutable, thread-safe, evaluated as often as wanted. */
public interface Expression {

  /**
   * Evaluates within the budget.
   *
   * @return a plain value; maps and lists that the expression built are immutable
   * @throws ExpressionException if the evaluation fails; nothing else is thrown
   */
  @Nullable Object evaluate(Variables variables);

  /** True if the value does not depend on variables and is known already. */
  boolean isConstant();

  /** The text it was compiled from. */
  String source();

  /** What the expression reads, in the order of the text. */
  List<Reference> references();
}
