package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.expression.Expression;
import io.flowforge.internal.expression.ExpressionException;
import io.flowforge.spi.ItemExpression;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression that an action evaluates itself, bound to its node run. */
final class BoundItem implements ItemExpression {
  private final Scope scope;
  private final int node;
  private final Condition condition;

  BoundItem(Scope scope, int node, Condition condition) {
    this.scope = scope;
    this.node = node;
    this.condition = condition;
  }

  @Override
  public @Nullable Object evaluate(@Nullable Object item, int index) {
    try {
      return ((Expression) condition).evaluate(new Env.With(scope, node, item, index, null));
    } catch (ExpressionException broken) {
      throw described(broken);
    }
  }

  @Override
  public boolean test(@Nullable Object item, int index) {
    try {
      return condition.test(new Env.With(scope, node, item, index, null));
    } catch (ExpressionException broken) {
      throw described(broken);
    }
  }

  @Override
  public boolean test() {
    try {
      return condition.test(new Env(scope, node));
    } catch (ExpressionException broken) {
      throw described(broken);
    }
  }

  /** As the condition of a while node. */
  boolean holds(int index, @Nullable Object last) {
    return condition.test(new Env.With(scope, node, null, index, last));
  }

  private static FlowForgeException described(ExpressionException broken) {
    return new FlowForgeException(
        broken.code().code(), String.valueOf(broken.getMessage()), Map.of(), false, broken);
  }

  @Override
  public String source() {
    return condition.source();
  }
}
