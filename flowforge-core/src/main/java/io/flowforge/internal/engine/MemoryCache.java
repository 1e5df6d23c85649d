package io.flowforge.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.flowforge.internal.run.ResultCache;
import io.flowforge.spi.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Results of nodes in memory, each with its own time to live, at most 10,000. */
final class MemoryCache implements ResultCache {
  private static final int MOST = 10_000;

  private final Cache<String, Timed> entries;

  private record Timed(Entry entry, long nanos) {}

  MemoryCache(TimeSource time) {
    entries =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .ticker(() -> time.epochMicros() * 1000)
            .executor(Runnable::run)
            .expireAfter(
                Expiry.<String, Timed>creating((key, timed) -> Duration.ofNanos(timed.nanos)))
            .build();
  }

  @Override
  public @Nullable Entry get(String key) {
    Timed timed = entries.getIfPresent(key);
    return timed == null ? null : timed.entry;
  }

  @Override
  public void put(String key, Entry entry, Duration ttl) {
    entries.put(
        key, new Timed(entry, ttl.toSeconds() > 1L << 32 ? Long.MAX_VALUE >> 1 : ttl.toNanos()));
  }
}
