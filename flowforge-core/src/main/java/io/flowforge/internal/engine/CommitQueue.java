package io.flowforge.internal.engine;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: one call to the store is under way, and the next carries all pages that have come
 * meanwhile.
 *
 * <p>Answers are handed out in chunks on engine threads, and the next call waits for these chunks
 * to be through, so that runs which go on at once travel together: unless a large call has come
 * together already, or a chunk takes long. Where calls cost little in comparison with what follows
 * them, a chunk is large enough, so that the store works while runs go on. A call that failed
 * without certainty is made again, which the store takes as the same; so an execution never has two
 * pages on their way.
 *
 * <p>A page that comes alone, on a thread that drives runs, is written on that thread if the store
 * can, and the run goes on there: one execution alone changes threads for no step.
 */
final class CommitQueue {
  private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);
  private static final int MOST = 1024;
  private static final int CHUNK = 32;

  /** So many pages do not wait for others any more. */
  private static final int LARGE = 256;

  /** A call is quick when it takes less than so many times as long as handing out its answers. */
  private static final int QUICK = 4;

  private static final long LATE_MICROS = 10_000;
  private static final long FIRST_PAUSE_MICROS = 100_000;
  private static final long LONGEST_PAUSE_MICROS = 5_000_000;

  private final FlowStore store;
  private final TimeSource time;
  private final Drivers drivers;
  private final DoubleSupplier random;
  private final LongAdder calls = new LongAdder();
  private final LongAdder pages = new LongAdder();

  private ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private boolean sending;
  private int delivering;
  private int telling;
  private long deliveries;
  private boolean watching;
  private long sentAt;
  private long answeredAt;
  private long callMicros;
  private boolean quick;
  private long pause = FIRST_PAUSE_MICROS;
  private boolean closed;
  private CompletableFuture<@Nullable Void> idle = new CompletableFuture<>();
  private volatile @Nullable String outage;

  /** Whether the store has written the last page that came alone on a thread of the engine. */
  private volatile boolean writesHere = true;

  /** A page and who wants to know. */
  private record Pending(
      Commit commit, BiConsumer<Commit.@Nullable Result, @Nullable Throwable> answered) {}

  CommitQueue(FlowStore store, TimeSource time, Drivers drivers, DoubleSupplier random) {
    this.store = store;
    this.time = time;
    this.drivers = drivers;
    this.random = random;
  }

  /** Calls of the store so far. */
  long calls() {
    return calls.sum();
  }

  /** Pages written so far. */
  long pages() {
    return pages.sum();
  }

  /** Why the store does not take pages at the moment; null when it does. */
  @Nullable String outage() {
    return outage;
  }

  void submit(Commit commit, BiConsumer<Commit.@Nullable Result, @Nullable Throwable> answered) {
    List<Pending> batch;
    synchronized (this) {
      waiting.add(new Pending(commit, answered));
      batch = delivering > 0 ? null : next();
    }
    if (batch == null || batch.size() > 1) {
      send(batch);
    } else if (writesHere && !drivers.areCurrent() && drivers.areFree()) {
      // The run goes on there, without a change of threads from the store to a driver.
      drivers.dispatch(() -> sendAlone(batch));
    } else {
      sendAlone(batch);
    }
  }

  /**
   * Writes one page on this thread, and tells its answer here, where its run is driven or nothing
   * is; all that has come meanwhile goes the common way.
   */
  private void sendAlone(List<Pending> batch) {
    if (!drivers.areCurrent()) {
      send(batch);
      return;
    }
    Pending own = batch.get(0);
    Optional<List<Commit.Result>> answer;
    try {
      answer = store.commitHere(List.of(own.commit));
    } catch (RuntimeException failure) {
      calls.increment();
      failed(batch, failure);
      return;
    }
    writesHere = answer.isPresent();
    if (answer.isEmpty()) {
      send(batch);
      return;
    }
    calls.increment();
    pages.increment();
    outage = null;
    boolean more;
    synchronized (this) {
      sending = false;
      pause = FIRST_PAUSE_MICROS;
      telling++;
      more = !waiting.isEmpty();
      if (more) {
        // So that the next page of this run travels with them.
        delivering++;
      }
    }
    tell(own, answer.get().get(0), null);
    synchronized (this) {
      telling--;
    }
    if (more) {
      drivers.dispatch(this::delivered);
    } else {
      tellIfIdle();
    }
  }

  /** Takes the next batch, if none is under way; under the lock. */
  private @Nullable List<Pending> next() {
    if (sending || waiting.isEmpty() || closed) {
      return null;
    }
    sending = true;
    sentAt = time.epochMicros();
    List<Pending> batch = new ArrayList<>(Math.min(MOST, waiting.size()));
    while (batch.size() < MOST && !waiting.isEmpty()) {
      batch.add(waiting.poll());
    }
    return batch;
  }

  private void send(@Nullable List<Pending> batch) {
    if (batch == null) {
      return;
    }
    List<Commit> commits = new ArrayList<>(batch.size());
    for (Pending one : batch) {
      commits.add(one.commit);
    }
    calls.increment();
    CompletionStage<List<Commit.Result>> answer;
    try {
      answer = store.commit(commits);
    } catch (RuntimeException refused) {
      failed(batch, refused);
      return;
    }
    answer.whenComplete(
        (results, failure) -> {
          if (failure == null) {
            succeeded(batch, results);
          } else {
            failed(batch, unwrapped(failure));
          }
        });
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void succeeded(List<Pending> batch, List<Commit.Result> results) {
    pages.add(batch.size());
    outage = null;
    int chunks = (batch.size() + CHUNK - 1) / CHUNK;
    synchronized (this) {
      sending = false;
      answeredAt = time.epochMicros();
      callMicros = answeredAt - sentAt;
      pause = FIRST_PAUSE_MICROS;
      delivering += chunks;
      deliveries++;
    }
    watch();
    for (int chunk = 0; chunk < chunks; chunk++) {
      int from = chunk * CHUNK;
      int to = Math.min(batch.size(), from + CHUNK);
      drivers.dispatch(
          () -> {
            for (int i = from; i < to; i++) {
              tell(batch.get(i), results.get(i), null);
            }
            delivered();
          });
    }
  }

  private void tell(Pending one, Commit.@Nullable Result result, @Nullable Throwable failure) {
    try {
      one.answered.accept(result, failure);
    } catch (RuntimeException bug) {
      LOG.error("a page of execution {} was answered in vain", one.commit.executionId(), bug);
    }
  }

  private void delivered() {
    List<Pending> batch;
    synchronized (this) {
      delivering--;
      if (delivering == 0) {
        quick = callMicros < QUICK * (time.epochMicros() - answeredAt);
      }
      int enough = quick ? CHUNK : LARGE;
      batch = delivering == 0 || waiting.size() >= enough ? next() : null;
    }
    if (batch != null && batch.size() == 1) {
      sendAlone(batch);
    } else {
      send(batch);
    }
    tellIfIdle();
  }

  /** Looks now and then whether a delivery takes long. */
  private void watch() {
    long seen;
    synchronized (this) {
      if (watching || delivering == 0 || !drivers.hasThreads()) {
        return;
      }
      watching = true;
      seen = deliveries;
    }
    time.schedule(time.epochMicros() + LATE_MICROS, () -> looked(seen));
  }

  /** Lets no page wait for a run that is held up by what it calls. */
  private void looked(long seen) {
    List<Pending> batch;
    synchronized (this) {
      watching = false;
      batch = delivering > 0 && deliveries == seen ? next() : null;
    }
    send(batch);
    watch();
  }

  private void failed(List<Pending> batch, Throwable failure) {
    boolean fatal =
        !(failure instanceof StoreException known) || known.kind() == StoreException.Kind.FATAL;
    if (fatal && batch.size() == 1) {
      LOG.error("a page of execution {} was refused", batch.get(0).commit.executionId(), failure);
      synchronized (this) {
        sending = false;
        delivering++;
      }
      drivers.dispatch(
          () -> {
            tell(batch.get(0), null, failure);
            delivered();
          });
    } else if (fatal) {
      oneByOne(batch);
    } else {
      again(batch, failure);
    }
  }

  /** One of them is at fault; each goes alone to find out which. */
  private void oneByOne(List<Pending> batch) {
    List<Pending> first;
    synchronized (this) {
      ArrayDeque<Pending> rest = new ArrayDeque<>(batch.subList(1, batch.size()));
      rest.addAll(waiting);
      waiting = rest;
      first = Collections.singletonList(batch.get(0));
    }
    send(first);
  }

  private void again(List<Pending> batch, Throwable failure) {
    long wait;
    synchronized (this) {
      if (closed) {
        sending = false;
        return;
      }
      wait = pause;
      pause = Math.min(LONGEST_PAUSE_MICROS, pause * 2);
    }
    if (outage == null) {
      LOG.warn("the store does not take pages, they are tried again", failure);
    }
    outage = String.valueOf(failure.getMessage());
    long due = time.epochMicros() + wait / 2 + (long) (wait * random.getAsDouble() / 2);
    boolean blind =
        Mutants.BLIND_RETRY
            && failure instanceof StoreException known
            && known.kind() == StoreException.Kind.UNKNOWN;
    List<Pending> next = blind ? further(batch) : batch;
    time.schedule(due, () -> drivers.dispatch(() -> send(next)));
  }

  /** The same as further pages. */
  private static List<Pending> further(List<Pending> batch) {
    List<Pending> further = new ArrayList<>(batch.size());
    for (Pending one : batch) {
      Commit page = one.commit;
      Commit next =
          Commit.page(
              page.executionId(), page.worker(), page.epoch(), page.position() + 1, page.page());
      further.add(new Pending(next, one.answered));
    }
    return further;
  }

  private boolean isIdle() {
    return closed || !sending && delivering == 0 && telling == 0 && waiting.isEmpty();
  }

  private synchronized void tellIfIdle() {
    if (isIdle()) {
      CompletableFuture<@Nullable Void> told = idle;
      idle = new CompletableFuture<>();
      told.complete(null);
    }
  }

  /** Waits until nothing is under way; false when that takes too long. */
  boolean awaitIdle(long micros) throws InterruptedException {
    CompletableFuture<@Nullable Void> wanted;
    synchronized (this) {
      if (isIdle()) {
        return true;
      }
      wanted = idle;
    }
    try {
      wanted.get(micros, TimeUnit.MICROSECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Sends nothing any more. */
  synchronized void close() {
    closed = true;
    waiting.clear();
  }
}
