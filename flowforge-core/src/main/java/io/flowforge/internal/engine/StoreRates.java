package io.flowforge.internal.engine;

import io.flowforge.flow.RateLimit;
import io.flowforge.internal.run.Gates;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rates of nodes that all engines of a store share.
 *
 * <p>Permits are taken from the store in blocks, as many as nodes wait for at that moment, by one
 * call at a time for each rate. So a busy rate costs one call for many nodes, and no permit lies
 * about: one that is not used within {@link #FRESH_MICROS} is thrown away.
 */
final class StoreRates {
  private static final Logger LOG = LoggerFactory.getLogger(StoreRates.class);
  private static final String KIND = "node-rate";
  private static final int LONGEST_KEY = 380;
  private static final int MOST_AT_ONCE = 1000;
  private static final int SWEPT_AT_ONCE = 200;
  private static final long FRESH_MICROS = 1_000_000;
  private static final long PAUSE_MICROS = 1_000_000;

  private final FlowStore store;
  private final TimeSource time;
  private final Map<String, Pool> pools = new ConcurrentHashMap<>();
  private String sweptTo = "";

  StoreRates(FlowStore store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  /** As {@link Gates#reserve}. */
  long reserve(RateLimit policy, String key, Runnable granted) {
    long per = SharedGates.micros(policy.per());
    // Limits with other numbers are other limits, also under the same name.
    String name = cut(key) + " " + policy.permits() + "/" + per;
    return pools.computeIfAbsent(name, any -> new Pool(name, policy.permits(), per)).take(granted);
  }

  /** Two long keys that are cut to the same share their permits, which is too few and no harm. */
  private static String cut(String key) {
    if (key.length() <= LONGEST_KEY) {
      return key;
    }
    int end =
        Character.isHighSurrogate(key.charAt(LONGEST_KEY - 1)) ? LONGEST_KEY - 1 : LONGEST_KEY;
    return key.substring(0, end) + "#" + Integer.toHexString(key.hashCode());
  }

  /** Permits of one rate that this engine has, and who waits for more. */
  private final class Pool {
    private final String name;
    private final int permits;
    private final long per;
    private final ArrayDeque<Long> free = new ArrayDeque<>();
    private List<Runnable> waiting = new ArrayList<>();
    private boolean fetching;

    Pool(String name, int permits, long per) {
      this.name = name;
      this.permits = permits;
      this.per = per;
    }

    long take(Runnable granted) {
      long now = time.epochMicros();
      synchronized (this) {
        while (!free.isEmpty()) {
          long at = free.poll();
          if (at + Math.min(FRESH_MICROS, per) >= now) {
            return Math.max(0, at - now);
          }
        }
        waiting.add(granted);
        if (fetching) {
          return Gates.LATER;
        }
        fetching = true;
      }
      fetch();
      return Gates.LATER;
    }

    private void fetch() {
      CompletableFuture.completedFuture(this)
          .thenCompose(ignored -> store.read(KIND, name))
          .thenCompose(found -> write(found.orElse(null)))
          .whenComplete(
              (taken, failure) -> {
                if (failure != null) {
                  LOG.debug(
                      "no permits of a rate could be taken, they are asked for again", failure);
                  time.schedule(time.epochMicros() + PAUSE_MICROS, this::fetch);
                } else if (taken.isEmpty()) {
                  // Another engine was faster.
                  fetch();
                } else {
                  granted(taken);
                }
              });
    }

    private CompletionStage<List<Long>> write(@Nullable StoredRecord found) {
      int wanted;
      synchronized (this) {
        wanted = Math.min(MOST_AT_ONCE, waiting.size());
      }
      PermitLog log = PermitLog.of(permits, per, found == null ? null : found.value());
      List<Long> taken = log.take(wanted, time.epochMicros());
      return store
          .write(KIND, name, found == null ? 0 : found.revision(), log.bytes())
          .thenApply(written -> written ? taken : List.of());
    }

    private void granted(List<Long> taken) {
      List<Runnable> told;
      synchronized (this) {
        free.addAll(taken);
        told = waiting;
        waiting = new ArrayList<>();
        fetching = false;
      }
      told.forEach(Runnable::run);
    }
  }

  /** Deletes some of the records that hold nobody back any more. */
  void sweep(long nowMicros, long patienceMicros) {
    List<StoredRecord> some =
        StoreCalls.get(store.scan(KIND, "", sweptTo, SWEPT_AT_ONCE), patienceMicros);
    sweptTo = some.size() < SWEPT_AT_ONCE ? "" : some.get(some.size() - 1).key();
    for (StoredRecord one : some) {
      if (PermitLog.endMicros(one.value()) < nowMicros) {
        StoreCalls.get(store.write(KIND, one.key(), one.revision(), null), patienceMicros);
      }
    }
  }
}
