package io.flowforge.internal.memory;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.fault.FaultPoints;
import io.flowforge.spi.store.CachedValue;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.Lease;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.SharedCache;
import io.flowforge.spi.store.StoreTraits;
import io.flowforge.spi.store.StoredExecution;
import io.flowforge.spi.store.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps executions in the memory of this process; the model that other stores are compared with.
 *
 * <p>Any number of engines may share one. Every operation runs on the thread of its caller under
 * one lock, and returns a stage that is completed already. Listeners are told on that thread, once
 * the lock is free. The data lives as long as the object: {@link #close} leaves it and the
 * listeners alone, so that an engine that closes it does not harm the others. An engine that comes
 * and goes is better given a {@link #handle} of its own.
 */
public final class MemoryStore implements FlowStore {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryStore.class);

  private final LongSupplier clock;
  private final Object lock = new Object();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Rows rows = new Rows();
  private final Leases leases = new Leases();
  private final Inboxes inboxes = new Inboxes(rows);
  private final Topics topics = new Topics(inboxes);
  private final Takeovers takeovers = new Takeovers(rows, leases, inboxes);
  private final Steps steps = new Steps(rows, leases, inboxes, topics);
  private final Listing listing = new Listing(rows);
  private final Records records = new Records();
  private final CachedValues cached = new CachedValues();

  /**
   * An empty store.
   *
   * @param clock the store's clock, in microseconds since 1970; called under the store's lock
   */
  public MemoryStore(LongSupplier clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Another way to the same data.
   *
   * @return a store that forgets its listeners when it is closed, and refuses every later call
   */
  public FlowStore handle() {
    return new MemoryHandle(this);
  }

  @Override
  public StoreTraits open() {
    return new StoreTraits("memory", Durability.NONE, true);
  }

  @Override
  public CompletionStage<Long> now() {
    return call(now -> now);
  }

  @Override
  public CompletionStage<Lease> enlist(String worker, Duration lease) {
    return call(now -> leases.enlist(worker, lease, now));
  }

  @Override
  public CompletionStage<Lease> renew(String worker, Duration lease) {
    return call(now -> leases.renew(worker, lease, now));
  }

  @Override
  public CompletionStage<@Nullable Void> retire(String worker) {
    return call(
        now -> {
          takeovers.retire(worker, now);
          return null;
        });
  }

  @Override
  public CompletionStage<List<Commit.Result>> commit(List<Commit> commits) {
    FaultPoints.hit("store.commit.before");
    CompletionStage<List<Commit.Result>> results = call(now -> steps.apply(commits, now));
    FaultPoints.hit("store.commit.after");
    return results;
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> claim(String worker, int limit) {
    return call(now -> takeovers.claim(worker, limit, now));
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> claim(String worker, String executionId) {
    return call(now -> takeovers.claim(worker, executionId, now));
  }

  @Override
  public CompletionStage<List<StoredExecution>> load(List<String> executionIds) {
    return call(
        now ->
            executionIds.stream()
                .distinct()
                .map(rows::find)
                .filter(Objects::nonNull)
                .map(Row::whole)
                .toList());
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> find(String executionId) {
    return call(now -> Optional.ofNullable(rows.find(executionId)).map(Row::head));
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> list(ExecutionQuery query) {
    return call(now -> listing.list(query));
  }

  @Override
  public CompletionStage<Integer> purge(
      Set<ExecutionStatus> statuses, long finishedBeforeMicros, int limit) {
    return call(now -> listing.purge(statuses, finishedBeforeMicros, limit));
  }

  @Override
  public CompletionStage<Message.Receipt> send(String executionId, Message message) {
    return call(now -> inboxes.send(executionId, message, now));
  }

  @Override
  public CompletionStage<List<ReceivedMessage>> inbox(String worker, int limit) {
    return call(now -> inboxes.of(worker, limit));
  }

  @Override
  public CompletionStage<Integer> publish(PublishedEvent event) {
    return call(now -> topics.publish(event, now));
  }

  @Override
  public CompletionStage<Optional<StoredRecord>> read(String kind, String key) {
    return call(now -> records.read(kind, key));
  }

  @Override
  public CompletionStage<Boolean> write(
      String kind, String key, long revision, byte @Nullable [] value) {
    return call(now -> records.write(kind, key, revision, value));
  }

  @Override
  public CompletionStage<List<StoredRecord>> scan(
      String kind, String prefix, String after, int limit) {
    return call(now -> records.scan(kind, prefix, after, limit));
  }

  @Override
  public Optional<SharedCache> cache() {
    return Optional.of(new Cache());
  }

  /** The cache of the store, under its lock and by its clock. */
  private final class Cache implements SharedCache {
    @Override
    public CompletionStage<Optional<CachedValue>> get(String key) {
      return call(now -> cached.get(key, now));
    }

    @Override
    public CompletionStage<@Nullable Void> put(String key, byte[] value, Duration ttl) {
      return call(
          now -> {
            cached.put(key, value, ttl, now);
            return null;
          });
    }
  }

  /**
   * Adds a listener to those that are there.
   *
   * @param listener called on the thread whose call brought the news
   */
  @Override
  public void onWake(Runnable listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  /** No longer tells a listener. */
  void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** Does nothing; see above. */
  @Override
  public void close() {}

  private <T> CompletionStage<T> call(LongFunction<T> operation) {
    T result;
    boolean news;
    synchronized (lock) {
      try {
        result = operation.apply(clock.getAsLong());
      } catch (FlowForgeException refused) {
        return CompletableFuture.failedFuture(refused);
      }
      news = inboxes.takeNews();
    }
    if (news) {
      listeners.forEach(MemoryStore::tell);
    }
    return CompletableFuture.completedFuture(result);
  }

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException thrown) {
      LOG.warn("a listener of the memory store failed", thrown);
    }
  }
}
