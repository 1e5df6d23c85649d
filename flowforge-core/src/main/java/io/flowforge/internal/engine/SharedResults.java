package io.flowforge.internal.engine;

import io.flowforge.execution.Json;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.internal.run.CacheKey;
import io.flowforge.internal.run.ResultCache;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.CachedValue;
import io.flowforge.spi.store.SharedCache;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results of nodes in two tiers: the engine's memory first, then the cache of its store, which
 * other engines fill as well.
 *
 * <p>A result is kept there under the SHA-256 of its key, as JSON with the name of its port. Left
 * out are results above 256 KiB, those with a blob or the text of a credential in them, and those
 * whose key does not tell all they depend on. A failure, an answer that comes late or one that
 * makes no sense is a miss.
 */
final class SharedResults implements ResultCache {
  private static final Logger LOG = LoggerFactory.getLogger(SharedResults.class);
  private static final int MOST_BYTES = 256 << 10;

  /** Rises when results are kept in another form, so that engines of both do not meet. */
  private static final String FORM = "1\n";

  private static final String PORT = "port";
  private static final String OUTPUT = "output";
  private static final String BLOB = "\"$blob\"";
  private static final Json.Limits LIMITS = new Json.Limits(MOST_BYTES, 1000, MOST_BYTES);

  private final MemoryCache memory;
  private final SharedCache tier;
  private final TimeSource time;
  private final Consumer<Runnable> dispatch;
  private final Redaction redaction;
  private final long deadlineMicros;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder leftOut = new LongAdder();

  private SharedResults(
      MemoryCache memory,
      SharedCache tier,
      TimeSource time,
      Consumer<Runnable> dispatch,
      Redaction redaction,
      Duration deadline) {
    this.memory = memory;
    this.tier = tier;
    this.time = time;
    this.dispatch = dispatch;
    this.redaction = redaction;
    this.deadlineMicros = SharedGates.micros(deadline);
  }

  /** Two tiers, if the engine has a store with a cache and may use it. */
  static Optional<SharedResults> of(
      EngineOptions options,
      MemoryCache memory,
      TimeSource time,
      Consumer<Runnable> dispatch,
      Redaction redaction) {
    if (options.store == null || !options.sharedCache) {
      return Optional.empty();
    }
    return options
        .store
        .cache()
        .map(
            tier ->
                new SharedResults(
                    memory, tier, time, dispatch, redaction, options.sharedCacheDeadline));
  }

  @Override
  public @Nullable Entry get(CacheKey key) {
    return memory.get(key);
  }

  @Override
  public boolean ask(CacheKey key, PlanNode node, Runnable answered) {
    if (!key.exact()) {
      return false;
    }
    CompletableFuture<@Nullable CachedValue> answer;
    try {
      answer =
          tier.get(name(key))
              .<@Nullable CachedValue>thenApply(found -> found.orElse(null))
              .toCompletableFuture();
    } catch (RuntimeException refused) {
      failed(refused);
      return false;
    }
    if (answer.isDone()) {
      answer.whenComplete((found, failure) -> take(key, node, found, failure));
      return false;
    }
    await(answer, key, node, answered);
    return true;
  }

  private void await(
      CompletableFuture<@Nullable CachedValue> answer,
      CacheKey key,
      PlanNode node,
      Runnable answered) {
    AtomicBoolean told = new AtomicBoolean();
    TimeSource.Timer late =
        time.schedule(
            time.epochMicros() + deadlineMicros,
            () -> {
              if (told.compareAndSet(false, true)) {
                failures.increment();
                answered.run();
              }
            });
    answer.whenComplete(
        (found, failure) ->
            // Neither reading a value nor driving a run is for a thread of the store.
            dispatch.accept(
                () -> {
                  late.cancel();
                  if (told.compareAndSet(false, true)) {
                    take(key, node, found, failure);
                    answered.run();
                  }
                }));
  }

  private void take(
      CacheKey key, PlanNode node, @Nullable CachedValue found, @Nullable Throwable failure) {
    if (failure != null) {
      failed(failure);
    } else if (found == null) {
      misses.increment();
    } else {
      take(key, node, found);
    }
  }

  private void take(CacheKey key, PlanNode node, CachedValue found) {
    try {
      Entry entry = entry(node, Json.parse(found.value(), LIMITS));
      if (entry == null) {
        misses.increment();
        return;
      }
      memory.adopt(key, entry, found.ttl());
      hits.increment();
    } catch (RuntimeException unreadable) {
      failed(unreadable);
    }
  }

  /** What was kept, unless the node has no such port here. */
  private static @Nullable Entry entry(PlanNode node, @Nullable Object kept) {
    if (!(kept instanceof Map<?, ?> map) || !(map.get(PORT) instanceof String name)) {
      return null;
    }
    int port = node.port(name);
    return port == PlanNode.NONE || port == PlanNode.ERROR
        ? null
        : new Entry(port, Values.normalise(map.get(OUTPUT)));
  }

  @Override
  public void put(CacheKey key, PlanNode node, Entry entry, Duration ttl) {
    memory.put(key, node, entry, ttl);
    if (!key.exact()) {
      return;
    }
    try {
      byte[] value = value(node, entry);
      if (value == null) {
        leftOut.increment();
        return;
      }
      tier.put(name(key), value, ttl)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  failed(failure);
                }
              });
    } catch (RuntimeException refused) {
      failed(refused);
    }
  }

  /** What is kept of a result; null when it is to stay in this engine. */
  private byte @Nullable [] value(PlanNode node, Entry entry) {
    Object output = entry.output();
    if (Values.size(output) > MOST_BYTES || redaction.finds(output)) {
      return null;
    }
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    kept.put(PORT, node.portName(entry.port()));
    kept.put(OUTPUT, output);
    String text = Json.write(kept);
    // What a blob holds may be gone before the cache forgets it.
    if (text.contains(BLOB)) {
      return null;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length > MOST_BYTES ? null : bytes;
  }

  private void failed(Throwable failure) {
    failures.increment();
    LOG.debug("the store's cache could not be used", failure);
  }

  private static String name(CacheKey key) {
    try {
      byte[] text = (FORM + key.text()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      // Every JDK has it.
      throw new IllegalStateException(impossible);
    }
  }

  void describe(Map<String, Object> facts) {
    facts.put("sharedCacheHits", hits.sum());
    facts.put("sharedCacheMisses", misses.sum());
    facts.put("sharedCacheFailures", failures.sum());
    facts.put("sharedCacheLeftOut", leftOut.sum());
  }
}
