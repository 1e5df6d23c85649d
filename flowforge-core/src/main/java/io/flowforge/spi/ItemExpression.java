package io.flowforge.spi;

import org.jspecify.annotations.Nullable;

/**
 * A config component that the action evaluates itself, once for each item of a list.
 *
 * <p>Written in the config as expression text, bare or in <code>${…}</code>, such as {@code
 * item.age > 18}. It sees {@code item}, {@code index} and everything the node sees. Checked when
 * the flow is planned.
 */
public interface ItemExpression {
  /**
   * Evaluates it for one item.
   *
   * @param item the item, as {@code item}
   * @param index position of the item from 0, as {@code index}
   * @return plain value
   * @throws io.flowforge.FlowForgeException with an {@code FF-EXPR-…} code
   */
  @Nullable Object evaluate(@Nullable Object item, int index);

  /**
   * Evaluates it as a condition.
   *
   * @param item the item, as {@code item}
   * @param index position of the item from 0, as {@code index}
   * @return whether it holds
   * @throws io.flowforge.FlowForgeException with an {@code FF-EXPR-…} code, also when it gives no
   *     boolean
   */
  boolean test(@Nullable Object item, int index);

  /**
   * Evaluates it as a condition where the node stands: {@code item} and {@code index} are those of
   * the loop around the node, if there is one.
   *
   * @return whether it holds
   * @throws io.flowforge.FlowForgeException with an {@code FF-EXPR-…} code, also when it gives no
   *     boolean
   */
  default boolean test() {
    return test(null, 0);
  }

  /**
   * The text it was written as.
   *
   * @return source without <code>${…}</code>
   */
  String source();
}
