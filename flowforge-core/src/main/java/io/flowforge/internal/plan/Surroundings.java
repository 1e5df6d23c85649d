package io.flowforge.internal.plan;

import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.expression.Variables;
import io.flowforge.spi.ItemExpression;

/** What a config is resolved in: variables, and a way to leave expressions for the action. */
public interface Surroundings extends Variables {
  /** An expression bound to this place, evaluated later for each item. */
  ItemExpression bind(Condition expression);
}
