package io.flowforge.flow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Stops calling what keeps failing; shared by all runs of an engine under one key.
 *
 * <p>Closed until {@code failureThreshold} attempts in a row have failed, then open for {@code
 * openFor}, then half-open: {@code halfOpenCalls} trial calls go through, and close it when all
 * succeed or open it again at the first failure.
 *
 * @param key name or template the state is shared under; null is the node's type
 * @param failureThreshold failures in a row that open it; at least 1, default 5
 * @param openFor how long it stays open; default 60 s
 * @param halfOpenCalls trial calls; at least 1, default 1
 * @param whenOpen what a call meets while it is open; default fail
 */
public record CircuitBreaker(
    @Nullable String key,
    int failureThreshold,
    Duration openFor,
    int halfOpenCalls,
    WhenOpen whenOpen) {

  /** What a call meets while the breaker is open. */
  public enum WhenOpen {
    /** The node fails at once with {@code FF-CIRCUIT-OPEN}. */
    FAIL,
    /** The node waits, without a thread, until the breaker lets it through. */
    PARK
  }

  /** Checks the bounds. */
  public CircuitBreaker {
    Checks.atLeast("circuitBreaker.failureThreshold", failureThreshold, 1);
    Checks.positive("circuitBreaker.openFor", openFor);
    Checks.atLeast("circuitBreaker.halfOpenCalls", halfOpenCalls, 1);
  }

  /**
   * A breaker with the defaults: 5 failures, 60 s, 1 trial call, fail.
   *
   * @return the breaker
   */
  public static CircuitBreaker create() {
    return new CircuitBreaker(null, 5, Duration.ofSeconds(60), 1, WhenOpen.FAIL);
  }
}
