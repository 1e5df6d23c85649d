package io.flowforge.flow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reuse of a node's earlier result for the same key, within one engine, or within all engines of a
 * store that has a cache.
 *
 * @param key template of the key; null stands for the node's resolved config
 * @param ttl how long a result may be reused; longer than zero
 */
public record CachePolicy(@Nullable String key, Duration ttl) {
  /** Checks the time to live. */
  public CachePolicy {
    Checks.positive("cache.ttl", ttl);
  }
}
