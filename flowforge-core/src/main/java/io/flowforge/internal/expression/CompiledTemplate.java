package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template over one compiled config value. */
record CompiledTemplate(Part part, List<Reference> references) implements Template {

  @Override
  public @Nullable Object resolve(Variables variables) {
    return part instanceof Part.Constant constant
        ? constant.value()
        : part.resolve(new Part.Run(variables));
  }

  @Override
  public boolean isConstant() {
    return part instanceof Part.Constant;
  }

  @Override
  public @Nullable Object constantValue() {
    if (part instanceof Part.Constant constant) {
      return constant.value();
    }
    throw new IllegalStateException("the template depends on variables");
  }
}
