package io.flowforge.durable;

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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A way to a store that can be cut off for good, or fail for a while. */
final class FlakyStore implements FlowStore {
  /** What happens to a commit. */
  enum Fault {
    /** The process dies before it is applied. */
    DIES_BEFORE,
    /** It is applied, and the process dies before it hears of that. */
    DIES_AFTER,
    /** The store refuses for now. */
    REFUSED,
    /** It is applied, and the answer is lost. */
    ANSWER_LOST
  }

  /** What happens to calls of the cache. */
  enum CacheFault {
    NONE,
    /** They are answered once the test says so. */
    LATER,
    /** They are never answered. */
    SILENT,
    FAILS,
    THROWS
  }

  private final FlowStore inner;
  private final Runnable death;
  private final BooleanSupplier stopped;
  private final CompletableFuture<Boolean> later = new CompletableFuture<>();
  private volatile CacheFault cacheFault = CacheFault.NONE;
  private volatile boolean cut;
  private int commits;
  private int faultAt = -1;
  private Fault fault = Fault.REFUSED;
  private boolean landed;
  private LeaseFault renewals = LeaseFault.NONE;
  private LeaseFault enlistments = LeaseFault.NONE;
  private boolean refusing;
  private boolean refusingLoads;
  private boolean refusingRecords;
  private @Nullable CompletableFuture<Boolean> heldFinds;
  private @Nullable String refusedText;

  FlakyStore(FlowStore inner, Runnable death, BooleanSupplier stopped) {
    this.stopped = stopped;
    this.inner = inner;
    this.death = death;
  }

  /** Has the n-th commit from the first, counted from 1, meet a fault. */
  void failCommit(int n, Fault how) {
    faultAt = n;
    fault = how;
  }

  /** Has the next commit meet a fault. */
  void failNextCommit(Fault how) {
    failCommit(commits + 1, how);
  }

  /** From now on pages with this text are refused for good; null lets all through. */
  void refusePages(@Nullable String text) {
    refusedText = text;
  }

  boolean hasLanded() {
    return landed;
  }

  int commits() {
    return commits;
  }

  /** From now on nothing gets through, and nothing is answered. */
  void cut() {
    cut = true;
  }

  private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call) {
    return cut ? new CompletableFuture<>() : call.get();
  }

  @Override
  public CompletionStage<List<Commit.Result>> commit(List<Commit> steps) {
    if (cut) {
      return new CompletableFuture<>();
    }
    String text = refusedText;
    if (text != null && steps.stream().anyMatch(step -> step.page().contains(text))) {
      return CompletableFuture.failedFuture(
          new StoreException(
              StoreException.Kind.FATAL, "FF-STORE-ANSWER", "cannot hold " + text, null));
    }
    if (refusing) {
      return CompletableFuture.failedFuture(StoreException.unavailable("refused", null));
    }
    if (++commits != faultAt) {
      return inner.commit(steps);
    }
    landed = true;
    switch (fault) {
      case DIES_BEFORE -> {
        cut = true;
        death.run();
        return new CompletableFuture<>();
      }
      case DIES_AFTER -> {
        inner.commit(steps);
        cut = true;
        death.run();
        return new CompletableFuture<>();
      }
      case ANSWER_LOST -> {
        inner.commit(steps);
        return CompletableFuture.failedFuture(StoreException.unknown("answer lost", null));
      }
      default -> {
        return CompletableFuture.failedFuture(StoreException.unavailable("refused", null));
      }
    }
  }

  @Override
  public StoreTraits open() {
    return inner.open();
  }

  @Override
  public CompletionStage<Long> now() {
    return call(inner::now);
  }

  @Override
  public CompletionStage<Lease> enlist(String worker, Duration lease) {
    return lease(enlistments, () -> inner.enlist(worker, lease));
  }

  /** Says whether no page is taken for now. */
  void refuseCommits(boolean now) {
    refusing = now;
  }

  /** Says whether no execution can be read for now. */
  void refuseLoads(boolean now) {
    refusingLoads = now;
  }

  /** From now on heads are looked for only once the test lets it. */
  void holdFinds() {
    heldFinds = new CompletableFuture<>();
  }

  /** Heads are looked for now, those that were asked for before as well. */
  void letFindsGo() {
    CompletableFuture<Boolean> held = heldFinds;
    heldFinds = null;
    if (held != null) {
      held.complete(true);
    }
  }

  /** Says whether records are out of reach for now. */
  void refuseRecords(boolean now) {
    refusingRecords = now;
  }

  private <T> CompletionStage<T> record(Supplier<CompletionStage<T>> call) {
    return refusingRecords
        ? CompletableFuture.failedFuture(StoreException.unavailable("refused", null))
        : call(call);
  }

  /** What happens to calls about leases. */
  enum LeaseFault {
    NONE,
    /** Nothing gets through, and nothing is answered. */
    SILENT,
    /** They throw at once. */
    THROWS
  }

  /** What happens to renewals from now on. */
  void renewals(LeaseFault how) {
    renewals = how;
  }

  /** What happens to new workers from now on. */
  void enlistments(LeaseFault how) {
    enlistments = how;
  }

  private CompletionStage<Lease> lease(LeaseFault how, Supplier<CompletionStage<Lease>> call) {
    return switch (how) {
      case NONE -> call(call);
      case SILENT -> new CompletableFuture<>();
      case THROWS -> throw StoreException.unavailable("no lease for now", null);
    };
  }

  @Override
  public CompletionStage<Lease> renew(String worker, Duration lease) {
    return lease(renewals, () -> inner.renew(worker, lease));
  }

  @Override
  public CompletionStage<@Nullable Void> retire(String worker) {
    return call(() -> inner.retire(worker));
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> claim(String worker, int limit) {
    return call(() -> inner.claim(worker, limit));
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> claim(String worker, String executionId) {
    return call(() -> inner.claim(worker, executionId));
  }

  @Override
  public CompletionStage<List<StoredExecution>> load(List<String> executionIds) {
    if (refusingLoads) {
      return CompletableFuture.failedFuture(StoreException.unavailable("refused", null));
    }
    return call(() -> inner.load(executionIds));
  }

  @Override
  public CompletionStage<Optional<ExecutionRecord>> find(String executionId) {
    CompletableFuture<Boolean> held = heldFinds;
    return held == null
        ? call(() -> inner.find(executionId))
        : held.thenCompose(now -> call(() -> inner.find(executionId)));
  }

  @Override
  public CompletionStage<List<ExecutionRecord>> list(ExecutionQuery query) {
    return call(() -> inner.list(query));
  }

  @Override
  public CompletionStage<Integer> purge(
      Set<ExecutionStatus> statuses, long finishedBeforeMicros, int limit) {
    return call(() -> inner.purge(statuses, finishedBeforeMicros, limit));
  }

  @Override
  public CompletionStage<Message.Receipt> send(String executionId, Message message) {
    return call(() -> inner.send(executionId, message));
  }

  @Override
  public CompletionStage<List<ReceivedMessage>> inbox(String worker, int limit) {
    return call(() -> inner.inbox(worker, limit));
  }

  @Override
  public CompletionStage<Integer> publish(PublishedEvent event) {
    return call(() -> inner.publish(event));
  }

  @Override
  public CompletionStage<Optional<StoredRecord>> read(String kind, String key) {
    return record(() -> inner.read(kind, key));
  }

  @Override
  public CompletionStage<Boolean> write(
      String kind, String key, long revision, byte @Nullable [] value) {
    return record(() -> inner.write(kind, key, revision, value));
  }

  @Override
  public CompletionStage<List<StoredRecord>> scan(
      String kind, String prefix, String after, int limit) {
    return call(() -> inner.scan(kind, prefix, after, limit));
  }

  @Override
  public Optional<SharedCache> cache() {
    return inner.cache().map(Cache::new);
  }

  /** From now on the cache answers in a way of its own; {@link CacheFault#NONE} ends that. */
  void faultCache(CacheFault how) {
    cacheFault = how;
  }

  private final class Cache implements SharedCache {
    private final SharedCache real;

    Cache(SharedCache real) {
      this.real = real;
    }

    private <T> CompletionStage<T> unlessFaulty(Supplier<CompletionStage<T>> call) {
      return switch (cacheFault) {
        case NONE -> call(call);
        case LATER -> call(call).thenCompose(found -> later.thenApply(now -> found));
        case SILENT -> new CompletableFuture<>();
        case FAILS -> CompletableFuture.failedFuture(StoreException.unavailable("refused", null));
        case THROWS -> throw new IllegalStateException("a broken cache");
      };
    }

    @Override
    public CompletionStage<Optional<CachedValue>> get(String key) {
      return unlessFaulty(() -> real.get(key));
    }

    @Override
    public CompletionStage<@Nullable Void> put(String key, byte[] value, Duration ttl) {
      return unlessFaulty(() -> real.put(key, value, ttl));
    }
  }

  /** Lets the cache answer what it was asked as {@link CacheFault#LATER}. */
  void answerLater() {
    later.complete(true);
  }

  @Override
  public void onWake(Runnable listener) {
    inner.onWake(
        () -> {
          if (!cut && !stopped.getAsBoolean()) {
            listener.run();
          }
        });
  }

  @Override
  public void close() {
    inner.close();
  }
}
