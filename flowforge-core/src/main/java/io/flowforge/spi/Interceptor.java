package io.flowforge.spi;

import org.jspecify.annotations.Nullable;

/**
 * Something around every attempt of every action: timing, tracing, checks.
 *
 * <p>Given to {@code FlowForge.builder().interceptor(…)}; the first given is outermost. Called by
 * many threads at once.
 */
public interface Interceptor {
  /**
   * Surrounds one attempt.
   *
   * @param context the node run
   * @param call the rest of the chain; must be called at most once
   * @return the output, usually that of the call
   * @throws Exception a failure of the attempt
   */
  @Nullable Object around(ActionContext context, Call call) throws Exception;

  /** The rest of the chain. */
  @FunctionalInterface
  interface Call {
    /**
     * Goes on.
     *
     * @return the output as the action returned it
     * @throws Exception a failure of the attempt
     */
    @Nullable Object proceed() throws Exception;
  }
}
