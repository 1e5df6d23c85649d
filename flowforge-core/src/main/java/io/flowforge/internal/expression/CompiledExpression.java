package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression or condition over one compiled unit. */
record CompiledExpression(Unit unit) implements Expression, Condition {

  @Override
  public @Nullable Object evaluate(Variables variables) {
    return Evaluation.run(unit, variables);
  }

  @Override
  public boolean test(Variables variables) {
    Object value = Evaluation.run(unit, variables);
    if (value instanceof Boolean answer) {
      return answer;
    }
    throw unit.place()
        .failure(
            ExpressionCode.CONDITION,
            "the condition \""
                + Described.text(unit.source())
                + "\" has to give a boolean, it gave "
                + Described.value(value));
  }

  @Override
  public boolean isConstant() {
    return unit.isConstant();
  }

  @Override
  public String source() {
    return unit.source();
  }

  @Override
  public List<Reference> references() {
    return unit.references();
  }
}
