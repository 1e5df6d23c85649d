package io.flowforge.flow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * At most so many starts of a node in any period, shared by all runs under one key: of an engine,
 * or of all engines that share a store.
 *
 * <p>A node without a permit waits without holding a thread.
 *
 * @param key name or template the permits are shared under; null is the flow id and node id
 * @param permits starts per period, at least 1
 * @param per the period; longer than zero
 */
public record RateLimit(@Nullable String key, int permits, Duration per) {
  /** Checks the bounds. */
  public RateLimit {
    Checks.atLeast("rateLimit.permits", permits, 1);
    Checks.positive("rateLimit.per", per);
  }
}
