package io.flowforge.spi.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps results of nodes for a time, for all engines of a store: what they ask when a result is not
 * in their own memory.
 *
 * <p>It is a cache: a value may be gone before its time, never after it, and needs no more
 * durability than none. Keys are fingerprints that divide tenants, flows and nodes already. A
 * failure counts as a value that is not there. Stages complete on threads of the store, and fail
 * with {@link StoreException}. Thread-safe.
 */
public interface SharedCache {
  /**
   * Reads a value.
   *
   * @param key 1 to 128 ASCII letters and digits
   * @return the value and how long it may be used yet; empty when it is not there or its time is
   *     over
   */
  CompletionStage<Optional<CachedValue>> get(String key);

  /**
   * Keeps a value in place of an earlier one of its key.
   *
   * @param key 1 to 128 ASCII letters and digits
   * @param value at most 1 MiB; not to be changed
   * @param ttl how long it may be used by the store's clock, to the millisecond; what is left of
   *     one is dropped
   * @return when it is done
   */
  CompletionStage<@Nullable Void> put(String key, byte[] value, Duration ttl);
}
