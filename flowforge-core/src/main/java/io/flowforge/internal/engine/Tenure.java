package io.flowforge.internal.engine;

import io.flowforge.internal.time.Ids;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.FencedException;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.Lease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine's life as a worker of a store: its lease, renewed in thirds, and what it may do by it.
 *
 * <p>Time since the last renewal is counted from before that call was made, by the local clock. Two
 * thirds into the lease nothing with an effect begins any more, and at its end the engine counts
 * itself as dead, whatever the store thinks and even while the store does not answer: it gives all
 * its executions up and enlists under another id.
 */
final class Tenure {
  private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);
  private static final long RETRY_MICROS = 1_000_000;

  private final FlowStore store;
  private final TimeSource local;
  private final StoreTime time;
  private final Drivers drivers;
  private final Ids ids;
  private final Duration lease;
  private final long leaseMicros;
  private final Runnable renewed;
  private final Runnable lost;
  private final LongAdder losses = new LongAdder();

  /** The call under way; whoever takes it out says how things go on. */
  private final AtomicReference<@Nullable Object> call = new AtomicReference<>();

  private volatile String worker;
  private volatile long since;
  private volatile boolean alive;
  private volatile String trouble = "";
  private volatile boolean closed;

  Tenure(
      FlowStore store,
      TimeSource local,
      StoreTime time,
      Drivers drivers,
      Ids ids,
      Duration lease,
      Runnable renewed,
      Runnable lost) {
    this.store = store;
    this.local = local;
    this.time = time;
    this.drivers = drivers;
    this.ids = ids;
    this.lease = lease;
    this.leaseMicros = SharedGates.micros(lease);
    this.renewed = renewed;
    this.lost = lost;
    this.worker = ids.next(local.epochMicros());
  }

  /** Enlists; waits for it. */
  void begin(long patienceMicros) {
    long before = local.epochMicros();
    granted(before, StoreCalls.get(store.enlist(worker, lease), patienceMicros));
    local.schedule(local.epochMicros() + leaseMicros / 3, () -> drivers.dispatch(this::renew));
  }

  String worker() {
    return worker;
  }

  /** Why there is no lease, behind a colon; empty when that is not known. */
  String trouble() {
    return trouble;
  }

  long losses() {
    return losses.sum();
  }

  /** Whether it holds its lease, as far as it can know. */
  boolean isAlive() {
    return alive && !closed;
  }

  /** Whether something with an effect may begin. */
  boolean mayAct() {
    return alive && local.epochMicros() - since < leaseMicros / 3 * 2;
  }

  private void granted(long before, Lease granted) {
    long after = local.epochMicros();
    time.compare(granted.nowMicros(), before + (after - before) / 2);
    since = before;
    alive = true;
    trouble = "";
    local.schedule(before + leaseMicros, () -> drivers.dispatch(this::endLease));
  }

  /** A lease would end now; perhaps the call that was to renew it is not answered. */
  private void endLease() {
    Object unanswered = call.get();
    if (!closed
        && alive
        && unanswered != null
        && local.epochMicros() - since >= leaseMicros
        && call.compareAndSet(unanswered, null)) {
      renew();
    }
  }

  private void renew() {
    if (closed) {
      return;
    }
    long before = local.epochMicros();
    if (alive && before - since >= leaseMicros) {
      die("no renewal within the lease of " + lease, null);
    }
    Object asked = new Object();
    call.set(asked);
    if (!alive) {
      // While it lives the end of the lease sees to that.
      local.schedule(before + leaseMicros, () -> drivers.dispatch(() -> forget(asked)));
    }
    ask().whenComplete((granted, failure) -> told(asked, before, granted, failure));
  }

  private CompletionStage<Lease> ask() {
    try {
      return alive ? store.renew(worker, lease) : store.enlist(worker, lease);
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  /** A worker that was not enlisted in all that time may be another one; it asks as one anew. */
  private void forget(Object asked) {
    if (call.compareAndSet(asked, null)) {
      worker = ids.next(local.epochMicros());
      renew();
    }
  }

  private void told(
      Object asked, long before, @Nullable Lease granted, @Nullable Throwable failure) {
    if (closed || !call.compareAndSet(asked, null)) {
      return;
    }
    long next = RETRY_MICROS;
    try {
      if (granted != null) {
        next = leaseMicros / 3;
        granted(before, granted);
        renewed.run();
      } else if (isFenced(failure)) {
        next = 0;
        die("the store has buried it", failure);
      } else {
        next = Math.min(RETRY_MICROS, leaseMicros / 10);
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        trouble = cause == null ? "" : ": " + cause.getMessage();
        LOG.warn("worker {} could not renew its lease, it tries again", worker, failure);
      }
    } finally {
      // Whatever came of it: without a renewal nothing would ever be driven again.
      local.schedule(local.epochMicros() + next, () -> drivers.dispatch(this::renew));
    }
  }

  private static boolean isFenced(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof FencedException;
  }

  private void die(String why, @Nullable Throwable cause) {
    LOG.warn("worker {} gives up its executions: {}", worker, why, cause);
    alive = false;
    losses.increment();
    worker = ids.next(local.epochMicros());
    try {
      lost.run();
    } catch (RuntimeException bug) {
      LOG.error("the executions of a lost lease were not all given up", bug);
    }
  }

  /** Gives back what it owns; waits for it, but not long. */
  void end(long patienceMicros) {
    closed = true;
    if (alive) {
      try {
        StoreCalls.get(store.retire(worker), patienceMicros);
      } catch (RuntimeException unreachable) {
        LOG.warn("worker {} could not give back its lease; it will run out", worker, unreachable);
      }
    }
    alive = false;
  }
}
