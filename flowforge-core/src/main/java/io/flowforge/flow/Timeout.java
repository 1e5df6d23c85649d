package io.flowforge.flow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a node may take, its waits included; past it the node fails with {@code FF-TIMEOUT}.
 *
 * <p>Written as a duration (per attempt) or as {@code {"attempt": …, "total": …}}.
 *
 * @param attempt longest time of one attempt; null is the engine's default
 * @param total longest time of all attempts and the delays between them; null is none
 */
public record Timeout(@Nullable Duration attempt, @Nullable Duration total) {
  /** Checks the bounds. */
  public Timeout {
    if (attempt != null) {
      Checks.positive("timeout.attempt", attempt);
    }
    if (total != null) {
      Checks.positive("timeout.total", total);
    }
  }

  /**
   * A bound for every attempt.
   *
   * @param attempt longest time of one attempt
   * @return the bound
   */
  public static Timeout of(Duration attempt) {
    return new Timeout(attempt, null);
  }
}
