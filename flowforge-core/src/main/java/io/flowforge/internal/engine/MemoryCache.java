package io.flowforge.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.internal.run.CacheKey;
import io.flowforge.internal.run.ResultCache;
import io.flowforge.spi.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Results of nodes in memory, each with its own time to live, at most 10,000. */
final class MemoryCache implements ResultCache {
  private static final int MOST = 10_000;

  private final Cache<CacheKey, Timed> entries;

  private record Timed(Entry entry, long nanos) {}

  MemoryCache(TimeSource time) {
    entries =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .ticker(() -> time.epochMicros() * 1000)
            .executor(Runnable::run)
            .expireAfter(
                Expiry.<CacheKey, Timed>creating((key, timed) -> Duration.ofNanos(timed.nanos)))
            .build();
  }

  @Override
  public @Nullable Entry get(CacheKey key) {
    Timed timed = entries.getIfPresent(key);
    return timed == null ? null : timed.entry;
  }

  @Override
  public boolean ask(CacheKey key, PlanNode node, Runnable answered) {
    return false;
  }

  @Override
  public void put(CacheKey key, PlanNode node, Entry entry, Duration ttl) {
    entries.put(key, timed(entry, ttl));
  }

  /** Takes in what another engine has kept, unless this one has a result of its own by now. */
  void adopt(CacheKey key, Entry entry, Duration ttl) {
    entries.asMap().putIfAbsent(key, timed(entry, ttl));
  }

  private static Timed timed(Entry entry, Duration ttl) {
    return new Timed(entry, ttl.toSeconds() > 1L << 32 ? Long.MAX_VALUE >> 1 : ttl.toNanos());
  }
}
