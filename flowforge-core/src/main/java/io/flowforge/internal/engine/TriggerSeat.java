package io.flowforge.internal.engine;

import io.flowforge.execution.Json;
import io.flowforge.internal.time.Ids;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An engine's place among those that share a store and run triggers.
 *
 * <p>Each life of an engine has one record with the end of its lease by the store's clock, and each
 * flow one with the name of who runs its triggers. Whoever finds the lease of the other ended
 * deletes that lease first, so that its holder cannot renew it any more, and then puts its own name
 * in. Who has not renewed for two thirds of the lease, by the local clock, fires nothing. Used by
 * one thread at a time, save for {@link #isHeld}.
 */
final class TriggerSeat {
  private static final String LIVES = "trigger-engine";
  private static final String OWNERS = "trigger-owner";

  private final FlowStore store;
  private final TimeSource local;
  private final Ids ids;
  private final long leaseMicros;
  private final long patienceMicros;
  private final Map<String, Boolean> others = new HashMap<>();
  private String life = "";
  private long revision;
  private long nowMicros;
  private volatile long sinceMicros;
  private volatile boolean seated;

  TriggerSeat(FlowStore store, TimeSource local, Ids ids, EngineOptions options) {
    this.store = store;
    this.local = local;
    this.ids = ids;
    this.leaseMicros = SharedGates.micros(options.lease);
    this.patienceMicros = SharedGates.micros(options.startDeadline);
  }

  /** Whether something may be fired. */
  boolean isHeld() {
    return seated && local.epochMicros() - sinceMicros < leaseMicros / 3 * 2;
  }

  /** Takes the seat or keeps it; false when it was lost meanwhile, with all that was held by it. */
  boolean renew() {
    long before = local.epochMicros();
    boolean kept = !seated || before - sinceMicros < leaseMicros;
    if (!seated || !kept) {
      sitDown();
    }
    nowMicros = StoreCalls.get(store.now(), patienceMicros);
    others.clear();
    if (!write()) {
      kept = false;
      sitDown();
      write();
    }
    sinceMicros = before;
    seated = true;
    return kept;
  }

  /** A new life, under a name that nobody had. */
  private void sitDown() {
    seated = false;
    life = ids.next(local.epochMicros());
    revision = 0;
  }

  private boolean write() {
    byte[] until = Json.bytes(Map.of("until", nowMicros + leaseMicros));
    boolean written = StoreCalls.get(store.write(LIVES, life, revision, until), patienceMicros);
    if (written) {
      revision++;
    }
    return written;
  }

  /** Whether this engine is to run the triggers of a flow: it does already, or nobody does. */
  boolean take(String key) {
    Optional<StoredRecord> found = StoreCalls.get(store.read(OWNERS, key), patienceMicros);
    String owner = found.map(one -> text(one, "engine")).orElse(null);
    if (life.equals(owner)) {
      return true;
    }
    if (owner != null && others.computeIfAbsent(owner, this::isAlive)) {
      return false;
    }
    long before = found.map(StoredRecord::revision).orElse(0L);
    byte[] mine = Json.bytes(Map.of("engine", life));
    return StoreCalls.get(store.write(OWNERS, key, before, mine), patienceMicros);
  }

  private boolean isAlive(String other) {
    Optional<StoredRecord> found = StoreCalls.get(store.read(LIVES, other), patienceMicros);
    if (found.isEmpty()) {
      return false;
    }
    StoredRecord lease = found.get();
    if (number(lease, "until") > nowMicros) {
      return true;
    }
    // Renewed meanwhile when the write is refused.
    return !StoreCalls.get(store.write(LIVES, other, lease.revision(), null), patienceMicros);
  }

  /** Gives the seat back, so that others need not wait for the end of the lease. */
  void leave() {
    if (seated) {
      seated = false;
      StoreCalls.get(store.write(LIVES, life, revision, null), patienceMicros);
    }
  }

  private static String text(StoredRecord found, String name) {
    return String.valueOf(value(found).get(name));
  }

  private static long number(StoredRecord found, String name) {
    @Nullable Object value = value(found).get(name);
    return ((Number) Objects.requireNonNull(value)).longValue();
  }

  private static Map<?, ?> value(StoredRecord found) {
    return (Map<?, ?>) Objects.requireNonNull(Json.parse(found.value()));
  }
}
