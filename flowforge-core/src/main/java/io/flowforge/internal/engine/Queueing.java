package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.QueueOptions;
import io.flowforge.execution.ExecutionError;
import io.flowforge.flow.Concurrency;
import io.flowforge.internal.run.Start;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.QueuePlace.WhenFull;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where new executions of an engine with a store stand in line, and what their keys are known for.
 *
 * <p>The queues themselves are the store's. Kept as records beside them: which execution a
 * deduplication key stands for, the last start under a debounce key, and the permits of a rate that
 * are given away.
 */
final class Queueing {
  private static final long DEDUP_MICROS = SharedGates.micros(Duration.ofDays(7));
  private static final long SWEEP_MICROS = SharedGates.micros(Duration.ofMinutes(10));

  private final TimeSource time;
  private final SharedMarks dedups;
  private final SharedMarks debounces;
  private final SharedMarks rates;
  private long sweptMicros;

  Queueing(FlowStore store, TimeSource time, long patienceMicros) {
    this.time = time;
    this.dedups = new SharedMarks(store, "start-dedup", patienceMicros);
    this.debounces = new SharedMarks(store, "start-debounce", patienceMicros);
    this.rates = new SharedMarks(store, "start-rate", patienceMicros);
  }

  // ---- places

  /**
   * The place of a new execution; null when it may begin at once. Waits for the store for a rate.
   */
  @Nullable QueuePlace place(@Nullable Turns turns, String id, QueueOptions wanted) {
    long now = time.epochMicros();
    long from = Math.max(notBefore(wanted, now), debounced(wanted, now));
    if (turns != null && wanted.rate() != null) {
      from = Math.max(from, permit(turns.queue(), wanted.rate(), Math.max(now, from)));
    }
    long due = from > now ? from : 0;
    if (turns != null) {
      return new QueuePlace(
          turns.queue(), turns.limit(), whenFull(turns.overlap()), turns.priority(), due);
    }
    return due == 0 ? null : new QueuePlace(alone(id), Integer.MAX_VALUE, WhenFull.WAIT, 0, due);
  }

  /** A queue that stands in nobody's way. */
  private static String alone(String id) {
    return "@" + id.substring(0, Math.min(id.length(), 254));
  }

  private static long notBefore(QueueOptions wanted, long now) {
    long delayed = now + SharedGates.micros(wanted.delay());
    Instant wished = wanted.notBefore();
    return wished == null || wished.isBefore(Instant.EPOCH)
        ? delayed
        : Math.max(delayed, SharedGates.micros(Duration.between(Instant.EPOCH, wished)));
  }

  private static long debounced(QueueOptions wanted, long now) {
    QueueOptions.Debounce debounce = wanted.debounce();
    return debounce == null ? 0 : now + SharedGates.micros(debounce.quiet());
  }

  private static WhenFull whenFull(Concurrency.Overlap overlap) {
    return switch (overlap) {
      case QUEUE -> WhenFull.WAIT;
      case QUEUE_ONE -> WhenFull.WAIT_ALONE;
      case SKIP -> WhenFull.REFUSE;
      case CANCEL_PREVIOUS -> WhenFull.DISPLACE;
    };
  }

  // ---- rates

  /** Takes a permit of the first span from a time on that has one left; gives when it begins. */
  private long permit(String queue, QueueOptions.Rate rate, long from) {
    long period = SharedGates.micros(rate.period());
    long asked = from - Math.floorMod(from, period);
    Map<String, Object> now =
        rates.change(
            queue,
            old -> {
              long last = SharedMarks.number(old, "span");
              long used = SharedMarks.number(old, "used");
              long span = Math.max(asked, last);
              if (span == last && used >= rate.permits()) {
                span += period;
              }
              long taken = span == last ? used + 1 : 1;
              return Map.of("span", span, "used", taken, "until", span + 2 * period);
            });
    return SharedMarks.number(now, "span");
  }

  // ---- deduplication

  /** The execution that a key stands for: the given one, unless another came before. */
  String dedup(String tenant, String key, String id) {
    long now = time.epochMicros();
    Map<String, Object> standing =
        dedups.change(
            key(tenant, key),
            old ->
                old != null && SharedMarks.number(old, "until") > now
                    ? old
                    : Map.of("id", id, "until", now + DEDUP_MICROS));
    return String.valueOf(standing.get("id"));
  }

  // ---- debouncing

  /** What an execution is to remember of its debounce key; null without one. */
  Start.@Nullable Debounce mark(String tenant, QueueOptions wanted) {
    QueueOptions.Debounce debounce = wanted.debounce();
    return debounce == null
        ? null
        : new Start.Debounce(key(tenant, debounce.key()), time.epochMicros());
  }

  /** A start is written: those before it under its key begin no more. */
  void replaceOlder(String id, Start.Debounce mark, Duration quiet) {
    long until = mark.micros() + 2 * SharedGates.micros(quiet) + DEDUP_MICROS;
    debounces.change(
        mark.key(), old -> isNewer(old, id, mark) ? Map.copyOf(old) : fields(id, mark, until));
  }

  private static Map<String, Object> fields(String id, Start.Debounce mark, long until) {
    return Map.of("id", id, "at", mark.micros(), "until", until);
  }

  private static boolean isNewer(
      @Nullable Map<String, Object> last, String id, Start.Debounce mark) {
    long at = SharedMarks.number(last, "at");
    return last != null
        && (at > mark.micros()
            || at == mark.micros() && String.valueOf(last.get("id")).compareTo(id) > 0);
  }

  /** Whether a later start has replaced an execution that is about to begin. */
  boolean isReplaced(String id, Start.Debounce mark) {
    return isNewer(debounces.read(mark.key()), id, mark);
  }

  static ExecutionError replaced() {
    return ExecutionError.of(
        "FF-DEBOUNCED", "a later start under its debounce key has taken its place", null);
  }

  // ---- other

  /** What cannot be kept by a start within the caller's transaction. */
  static void checkJoined(QueueOptions wanted) {
    if (wanted.dedupKey() != null || wanted.debounce() != null || wanted.rate() != null) {
      throw new FlowForgeException(
          "FF-QUEUE-JOINED",
          "a start within a transaction of the caller takes no dedupKey, debounce or rate; give it"
              + " an executionId of its own, or start it outside");
    }
  }

  private static String key(String tenant, String key) {
    return tenant.length() + ":" + tenant + key;
  }

  /** Deletes a part of what means nothing any more, from time to time; whether it was time. */
  boolean sweep() {
    long now = time.epochMicros();
    if (sweptMicros == 0) {
      sweptMicros = now;
    } else if (now - sweptMicros >= SWEEP_MICROS) {
      sweptMicros = now;
      dedups.sweep(now);
      debounces.sweep(now);
      rates.sweep(now);
      return true;
    }
    return false;
  }
}
