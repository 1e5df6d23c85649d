package io.flowforge.spi.store;

import java.time.Duration;
import java.util.Objects;

/**
 * What a {@link SharedCache} has kept.
 *
 * @param value the value; not to be changed
 * @param ttl how long it may be used yet; longer than zero
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record CachedValue(byte[] value, Duration ttl) {
  /** Checks the parts. */
  public CachedValue {
    Objects.requireNonNull(value, "value");
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("ttl must be longer than zero, was " + ttl);
    }
  }
}
