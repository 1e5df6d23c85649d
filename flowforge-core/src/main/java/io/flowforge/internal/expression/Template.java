package io.flowforge.internal.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled config value: any nesting of maps, lists and scalars whose strings may hold {@code
 * ${…}}. Immutable and thread-safe.
 */
public interface Template {

  /**
   * Gives the value with every {@code ${…}} replaced.
   *
   * @return a plain value; its maps and lists are immutable and keep the order of the document
   * @throws ExpressionException if an evaluation fails, with the pointer of the string it is in
   */
  @Nullable Object resolve(Variables variables);

  /** True if {@link #resolve} gives one value whatever the variables are; it may be bound once. */
  boolean isConstant();

  /**
   * The value of a constant template.
   *
   * @throws IllegalStateException if the template is not constant
   */
  @Nullable Object constantValue();

  /** What the template reads, in document order. */
  List<Reference> references();
}
