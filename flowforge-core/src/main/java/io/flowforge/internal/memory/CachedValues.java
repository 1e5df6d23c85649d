package io.flowforge.internal.memory;

import io.flowforge.spi.store.CachedValue;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Results that are kept for a time, at most 10,000; past that those written first go. */
final class CachedValues {
  private static final int MOST = 10_000;

  private final Map<String, Kept> values = new LinkedHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Kept(byte[] value, long endMicros) {}

  Optional<CachedValue> get(String key, long now) {
    Kept kept = values.get(key);
    if (kept == null) {
      return Optional.empty();
    }
    if (kept.endMicros <= now) {
      values.remove(key);
      return Optional.empty();
    }
    Duration left = Duration.ofNanos((kept.endMicros - now) * 1000);
    return Optional.of(new CachedValue(kept.value, left));
  }

  void put(String key, byte[] value, Duration ttl, long now) {
    values.remove(key);
    values.put(key, new Kept(value.clone(), now + micros(ttl)));
    if (values.size() > MOST) {
      Iterator<String> first = values.keySet().iterator();
      first.next();
      first.remove();
    }
  }

  /** To the millisecond, and at most some hundred years. */
  private static long micros(Duration ttl) {
    return Math.min(ttl.getSeconds(), 1L << 32) * 1_000_000 + ttl.getNano() / 1_000_000 * 1000L;
  }
}
