package io.flowforge.actions.transform;

import org.jspecify.annotations.Nullable;

/** One language. Thread-safe. */
interface Engine {
  /**
   * Refuses a source that cannot be parsed.
   *
   * @throws io.flowforge.spi.ActionException {@code FF-TRANSFORM-SYNTAX} or {@code -LIMIT}
   */
  void check(String source);

  /**
   * Evaluates.
   *
   * @throws io.flowforge.spi.ActionException {@code FF-TRANSFORM-…}
   */
  @Nullable Object evaluate(String source, @Nullable Object data, Budget budget);
}
