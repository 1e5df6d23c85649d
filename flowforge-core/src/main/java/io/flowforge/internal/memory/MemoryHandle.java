package io.flowforge.internal.memory;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.CachedValue;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.Lease;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.SharedCache;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoreTraits;
import io.flowforge.spi.store.StoredExecution;
import io.flowforge.spi.store.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One engine's way to a {@link MemoryStore}. Closing it ends this way alone. */
final class MemoryHandle implements FlowStore {
  private final MemoryStore store;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  MemoryHandle(MemoryStore store) {
    this.store = store;
  }

  @Override
  public StoreTraits open() {
    if (closed) {
      throw refusal();
    }
    return store.open();
  }

  @Override
  public CompletionStage<Long> now() {
    return unlessClosed(store::now);
  }

  @Override
  public CompletionStage<Lease> enlist(String worker, Duration lease) {
    return unlessClosed(() -> store.enlist(worker, lease));
  }

  @Override
  public CompletionStage<Lease> renew(String worker, Duration lease) {
    return unlessClosed(() -> store.renew(worker, lease));
  }

  @Override
  public CompletionStage<@Nullable Void> retire(String worker) {
    return unlessClosed(() -> store.retire(worker));
  }

  @Override
  public CompletionStage<List<Commit.Result>> commit(List<Commit> commits) {
    return unlessClosed(() -> store.commit(commits));
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> claim(String worker, int limit) {
    return unlessClosed(() -> store.claim(worker, limit));
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> claim(String worker, String executionId) {
    return unlessClosed(() -> store.claim(worker, executionId));
  }

  @Override
  public CompletionStage<List<StoredExecution>> load(List<String> executionIds) {
    return unlessClosed(() -> store.load(executionIds));
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> find(String executionId) {
    return unlessClosed(() -> store.find(executionId));
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> list(ExecutionQuery query) {
    return unlessClosed(() -> store.list(query));
  }

  @Override
  public CompletionStage<Integer> purge(
      Set<ExecutionStatus> statuses, long finishedBeforeMicros, int limit) {
    return unlessClosed(() -> store.purge(statuses, finishedBeforeMicros, limit));
  }

  @Override
  public CompletionStage<Message.Receipt> send(String executionId, Message message) {
    return unlessClosed(() -> store.send(executionId, message));
  }

  @Override
  public CompletionStage<List<ReceivedMessage>> inbox(String worker, int limit) {
    return unlessClosed(() -> store.inbox(worker, limit));
  }

  @Override
  public CompletionStage<Integer> publish(PublishedEvent event) {
    return unlessClosed(() -> store.publish(event));
  }

  @Override
  public CompletionStage<Optional<StoredRecord>> read(String kind, String key) {
    return unlessClosed(() -> store.read(kind, key));
  }

  @Override
  public CompletionStage<Boolean> write(
      String kind, String key, long revision, byte @Nullable [] value) {
    return unlessClosed(() -> store.write(kind, key, revision, value));
  }

  @Override
  public CompletionStage<List<StoredRecord>> scan(
      String kind, String prefix, String after, int limit) {
    return unlessClosed(() -> store.scan(kind, prefix, after, limit));
  }

  @Override
  public Optional<SharedCache> cache() {
    return store.cache().map(Cache::new);
  }

  /** The store's cache, until this way to it is closed. */
  private final class Cache implements SharedCache {
    private final SharedCache cache;

    Cache(SharedCache cache) {
      this.cache = cache;
    }

    @Override
    public CompletionStage<Optional<CachedValue>> get(String key) {
      return unlessClosed(() -> cache.get(key));
    }

    @Override
    public CompletionStage<@Nullable Void> put(String key, byte[] value, Duration ttl) {
      return unlessClosed(() -> cache.put(key, value, ttl));
    }
  }

  @Override
  public void onWake(Runnable listener) {
    listeners.add(listener);
    store.onWake(listener);
  }

  @Override
  public void close() {
    closed = true;
    listeners.forEach(store::forget);
    listeners.clear();
  }

  private <T> CompletionStage<T> unlessClosed(Supplier<CompletionStage<T>> call) {
    return closed ? CompletableFuture.failedFuture(refusal()) : call.get();
  }

  private static StoreException refusal() {
    return new StoreException(
        StoreException.Kind.FATAL, "FF-STORE-CLOSED", "the store is closed", null);
  }
}
