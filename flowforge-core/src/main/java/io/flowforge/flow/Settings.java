package io.flowforge.flow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for an execution as a whole.
 *
 * @param timeout longest time from start to end; null is none
 * @param maxParallelism nodes that may run at once, bodies included, waiting ones not counted; 0 is
 *     no limit
 * @param onError what an unhandled failure does to the other branches
 * @param errorFlow id of the flow started after a failure, with {@code error} and the execution as
 *     inputs; null is none
 * @param concurrency limit over executions; null is none
 * @param retry default for nodes that name none; null is one attempt
 */
public record Settings(
    @Nullable Duration timeout,
    int maxParallelism,
    FailureMode onError,
    @Nullable String errorFlow,
    @Nullable Concurrency concurrency,
    @Nullable Retry retry) {

  /** Nothing set. */
  public static final Settings DEFAULT =
      new Settings(null, 0, FailureMode.FAIL_FAST, null, null, null);

  /** Checks the bounds. */
  public Settings {
    if (timeout != null) {
      Checks.positive("settings.timeout", timeout);
    }
    Checks.atLeast("settings.maxParallelism", maxParallelism, 0);
  }

  /**
   * A copy with a time-out.
   *
   * @param value longest time from start to end
   * @return the copy
   */
  public Settings withTimeout(Duration value) {
    return new Settings(value, maxParallelism, onError, errorFlow, concurrency, retry);
  }

  /**
   * A copy with a limit of nodes at once.
   *
   * @param value at least 1, or 0 for none
   * @return the copy
   */
  public Settings withMaxParallelism(int value) {
    return new Settings(timeout, value, onError, errorFlow, concurrency, retry);
  }

  /**
   * A copy with another failure mode.
   *
   * @param value the mode
   * @return the copy
   */
  public Settings withOnError(FailureMode value) {
    return new Settings(timeout, maxParallelism, value, errorFlow, concurrency, retry);
  }

  /**
   * A copy with an error flow.
   *
   * @param flowId id of the flow to start after a failure
   * @return the copy
   */
  public Settings withErrorFlow(String flowId) {
    return new Settings(timeout, maxParallelism, onError, flowId, concurrency, retry);
  }

  /**
   * A copy with a limit over executions.
   *
   * @param value the limit
   * @return the copy
   */
  public Settings withConcurrency(Concurrency value) {
    return new Settings(timeout, maxParallelism, onError, errorFlow, value, retry);
  }

  /**
   * A copy with a default retry policy for its nodes.
   *
   * @param value the policy
   * @return the copy
   */
  public Settings withRetry(Retry value) {
    return new Settings(timeout, maxParallelism, onError, errorFlow, concurrency, value);
  }
}
