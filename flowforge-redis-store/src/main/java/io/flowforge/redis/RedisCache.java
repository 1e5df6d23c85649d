package io.flowforge.redis;

import io.flowforge.spi.store.CachedValue;
import io.flowforge.spi.store.SharedCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Results of nodes, the only keys with a time to live. */
final class RedisCache implements SharedCache {
  /** Far beyond any use, and within what the server takes. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  private final Scripts scripts;

  /** Runs scripts on a store that is open. */
  @FunctionalInterface
  interface Scripts {
    <T> CompletionStage<T> run(Script script, Arguments arguments);
  }

  RedisCache(Scripts scripts) {
    this.scripts = scripts;
  }

  @Override
  public CompletionStage<Optional<CachedValue>> get(String key) {
    return scripts
        .<List<Object>>run(Script.CACHE_GET, new Arguments().add(key))
        .thenApply(
            answer ->
                answer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        new CachedValue(
                            (byte[]) answer.get(0), Duration.ofMillis((Long) answer.get(1)))));
  }

  @Override
  public CompletionStage<@Nullable Void> put(String key, byte[] value, Duration ttl) {
    long millis = (ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl).toMillis();
    if (millis < 1) {
      return CompletableFuture.<@Nullable Void>completedFuture(null);
    }
    return scripts
        .<Long>run(Script.CACHE_PUT, new Arguments().add(key).add(value).add(millis))
        .thenApply(done -> null);
  }
}
