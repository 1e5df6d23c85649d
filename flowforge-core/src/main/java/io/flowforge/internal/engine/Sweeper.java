package io.flowforge.internal.engine;

import io.flowforge.Retention;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes executions that ended long enough ago, a bounded number at a time. Of all engines on a
 * store one does so: the one that holds a record with an end, which it renews while it lives.
 */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final String KIND = "lease";
  private static final String KEY = "retention";
  private static final int BATCH = 500;
  private static final int BATCHES = 10;
  private static final int MARKS = 100;

  /** When more is to be deleted than one turn may. */
  private static final long SOON_MICROS = 1_000_000;

  private final FlowStore store;
  private final TimeSource time;
  private final Drivers drivers;
  private final Retention retention;
  private final Supplier<String> worker;
  private final LongAdder deleted = new LongAdder();

  /** Told when all that may be is deleted, if there was something. */
  private final Runnable swept;

  private long told;
  private String lastMark = "";
  private volatile boolean closed;

  Sweeper(
      FlowStore store,
      TimeSource time,
      Drivers drivers,
      Retention retention,
      Supplier<String> worker,
      Runnable swept) {
    this.store = store;
    this.time = time;
    this.drivers = drivers;
    this.retention = retention;
    this.worker = worker;
    this.swept = swept;
  }

  /** How many executions it has deleted. */
  long deleted() {
    return deleted.sum();
  }

  void begin() {
    schedule(interval());
  }

  void close() {
    closed = true;
  }

  private long interval() {
    return SharedGates.micros(retention.interval());
  }

  private void schedule(long micros) {
    time.schedule(time.epochMicros() + micros, () -> drivers.dispatch(this::turn));
  }

  private void turn() {
    if (closed) {
      return;
    }
    // Inside of the chain, so that a store that throws at once does not end all sweeping.
    CompletableFuture.completedFuture(false)
        .thenCompose(ignored -> isMine())
        .thenCompose(mine -> mine ? sweep() : CompletableFuture.completedFuture(false))
        .whenComplete(
            (more, failure) -> {
              if (failure != null) {
                LOG.debug("old executions could not be deleted, they will be later", failure);
              }
              schedule(failure == null && more ? Math.min(SOON_MICROS, interval()) : interval());
              if (failure == null && !more && deleted() > told) {
                told = deleted();
                swept.run();
              }
            });
  }

  // ---- whose turn it is

  private CompletionStage<Boolean> isMine() {
    return store.read(KIND, KEY).thenCompose(this::take);
  }

  private CompletionStage<Boolean> take(Optional<StoredRecord> held) {
    long now = time.epochMicros();
    Map<?, ?> holder = held.map(record -> content(record.value())).orElse(Map.of());
    boolean others =
        holder.get("until") instanceof Number until
            && until.longValue() > now
            && !worker.get().equals(holder.get("worker"));
    if (others) {
      return CompletableFuture.completedFuture(false);
    }
    String text = Json.write(Map.of("worker", worker.get(), "until", now + 3 * interval()));
    long revision = held.map(StoredRecord::revision).orElse(0L);
    return store.write(KIND, KEY, revision, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<?, ?> content(byte[] text) {
    return Json.parse(text) instanceof Map<?, ?> map ? map : Map.of();
  }

  // ---- deleting

  /** Whether more is left than one turn may delete. */
  private CompletionStage<Boolean> sweep() {
    List<Map.Entry<ExecutionStatus, Duration>> todo = new ArrayList<>(retention.ages().entrySet());
    return purge(todo, BATCHES).thenCompose(more -> sweepMarks().thenApply(ignored -> more));
  }

  private CompletionStage<Boolean> purge(
      List<Map.Entry<ExecutionStatus, Duration>> todo, int batches) {
    if (todo.isEmpty() || batches == 0 || closed) {
      return CompletableFuture.completedFuture(!todo.isEmpty());
    }
    Map.Entry<ExecutionStatus, Duration> first = todo.get(0);
    long before = time.epochMicros() - SharedGates.micros(first.getValue());
    return store
        .purge(Set.of(first.getKey()), before, BATCH)
        .thenCompose(
            count -> {
              deleted.add(count);
              boolean all = count < BATCH;
              return purge(all ? todo.subList(1, todo.size()) : todo, batches - 1);
            });
  }

  /** Forgets of executions that are gone that somebody has dealt with their failure. */
  private CompletionStage<@Nullable Void> sweepMarks() {
    return store
        .scan(DeadLetters.KIND, "", lastMark, MARKS)
        .thenCompose(
            marks -> {
              lastMark = marks.size() < MARKS ? "" : marks.get(marks.size() - 1).key();
              CompletionStage<@Nullable Void> all = CompletableFuture.completedFuture(null);
              for (StoredRecord mark : marks) {
                all = all.thenCompose(ignored -> sweep(mark));
              }
              return all;
            });
  }

  private CompletionStage<@Nullable Void> sweep(StoredRecord mark) {
    return store
        .find(mark.key())
        .thenCompose(
            head ->
                head.isPresent()
                    ? CompletableFuture.completedFuture(true)
                    : store.write(DeadLetters.KIND, mark.key(), mark.revision(), null))
        .thenApply(ignored -> null);
  }
}
