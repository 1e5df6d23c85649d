package io.flowforge.internal.expression;

import java.util.List;

/** A compiled condition: an expression that has to give a boolean. */
public interface Condition {

  /**
   * Evaluates within the budget.
   *
   * @throws ExpressionException if the evaluation fails, or with {@link ExpressionCode#CONDITION}
   *     if its value is no boolean
   */
  boolean test(Variables variables);

  /** True if the answer does not depend on variables. */
  boolean isConstant();

  /** The text it was compiled from. */
  String source();

  /** What the condition reads, in the order of the text. */
  List<Reference> references();
}
