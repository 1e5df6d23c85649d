package io.flowforge.spi;

import io.flowforge.execution.ExecutionError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a node failure means that the flow itself does not handle.
 *
 * <p>Called on an engine thread; must return at once. What it throws counts as {@link
 * Decision#fail()}.
 */
@FunctionalInterface
public interface ErrorHandler {
  /**
   * Decides.
   *
   * @param error the failure, after the node's own retries
   * @param attempts tries made so far
   * @return what to do
   */
  Decision handle(ExecutionError error, int attempts);

  /** What a failure means. */
  sealed interface Decision {
    /**
     * The failure stands.
     *
     * @return the decision
     */
    static Decision fail() {
      return new Fail();
    }

    /**
     * The node counts as completed with a value.
     *
     * @param value plain value
     * @return the decision
     */
    static Decision continueWith(@Nullable Object value) {
      return new Continue(value);
    }

    /**
     * The node is tried once more.
     *
     * @param delay how long to wait first
     * @return the decision
     */
    static Decision retryAfter(Duration delay) {
      return new Retry(delay);
    }

    /** See {@link Decision#fail()}. */
    record Fail() implements Decision {}

    /**
     * See {@link Decision#continueWith}.
     *
     * @param value plain value
     */
    record Continue(@Nullable Object value) implements Decision {}

    /**
     * See {@link Decision#retryAfter}.
     *
     * @param delay how long to wait first
     */
    record Retry(Duration delay) implements Decision {}
  }
}
