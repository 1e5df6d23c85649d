package io.flowforge;

import io.flowforge.flow.Concurrency.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an execution stands in line. Immutable; every {@code with} method returns a changed copy.
 *
 * <p>With a store all of it holds over all engines that share the store. An engine without one
 * knows key, limit, overlap and priority, and refuses the rest with {@code FF-STORE-NONE}.
 *
 * @param key name of the queue, shared by all flows that are started into it, 1 to 200 characters;
 *     null is the queue of the flow's {@code settings.concurrency}, if it has one
 * @param limit how many executions of the queue may be under way when this one begins; 0 is the
 *     flow's own, or else 1
 * @param overlap what happens when the queue is full; null is the flow's own, or else {@code QUEUE}
 * @param priority smaller numbers begin first, equal ones in the order of acceptance; -1,000 to
 *     1,000, default 0
 * @param notBefore when it may begin; null is at once
 * @param delay how long it is held back; default zero
 * @param dedupKey a second start with this key within 7 days gives the first execution, while that
 *     is kept; 1 to 200 characters; null is none
 * @param debounce holds it back until no more starts come; null is none
 * @param rate how many executions of the queue begin in a span of time; null is any number
 */
public record QueueOptions(
    @Nullable String key,
    int limit,
    @Nullable Overlap overlap,
    int priority,
    @Nullable Instant notBefore,
    Duration delay,
    @Nullable String dedupKey,
    @Nullable Debounce debounce,
    @Nullable Rate rate) {

  private static final int LONGEST_KEY = 200;
  private static final int MOST_PRIORITY = 1000;
  private static final Duration LONGEST = Duration.ofDays(366);

  /** Begins as soon as the flow's own settings allow. */
  public static final QueueOptions NONE =
      new QueueOptions(null, 0, null, 0, null, Duration.ZERO, null, null, null);

  /** Checks the bounds. */
  public QueueOptions {
    checkKey("queue.key", key);
    checkKey("queue.dedupKey", dedupKey);
    checkSpan("queue.delay", delay, Duration.ZERO);
    if (limit < 0) {
      throw new IllegalArgumentException("queue.limit must be >= 1, or 0 for none, was " + limit);
    }
    if (priority < -MOST_PRIORITY || priority > MOST_PRIORITY) {
      throw new IllegalArgumentException("queue.priority must be -1000 to 1000, was " + priority);
    }
  }

  /**
   * Starts under one key come together: each replaces the one before it that has not begun, and the
   * last begins once no other has come for a while. A replaced execution ends as {@code CANCELLED}
   * with the code {@code FF-DEBOUNCED}.
   *
   * @param key what the starts have in common, 1 to 200 characters
   * @param quiet how long no other start must come; 1 ms to 366 days
   */
  public record Debounce(String key, Duration quiet) {
    /** Checks the bounds. */
    public Debounce {
      checkKey("queue.debounce.key", Objects.requireNonNull(key, "key"));
      checkSpan("queue.debounce.quiet", quiet, Duration.ofMillis(1));
    }
  }

  /**
   * So many executions of a queue begin in each span of time; the rest waits for a later one.
   *
   * @param permits how many, 1 to 1,000,000
   * @param period the span; 1 ms to 366 days
   */
  public record Rate(int permits, Duration period) {
    /** Checks the bounds. */
    public Rate {
      checkSpan("queue.rate.period", period, Duration.ofMillis(1));
      if (permits < 1 || permits > 1_000_000) {
        throw new IllegalArgumentException(
            "queue.rate.permits must be 1 to 1000000, was " + permits);
      }
    }
  }

  private static void checkKey(String name, @Nullable String key) {
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw new IllegalArgumentException(
          name + " must have 1 to 200 characters and not only blanks, had " + key.length());
    }
  }

  private static void checkSpan(String name, Duration span, Duration least) {
    if (span.compareTo(least) < 0 || span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + LONGEST + ", was " + span);
    }
  }

  /**
   * A queue of the host's own.
   *
   * @param key name of the queue, 1 to 200 characters
   * @return one at a time, in the order of acceptance
   */
  public static QueueOptions of(String key) {
    return NONE.withKey(key);
  }

  /**
   * A copy in another queue.
   *
   * @param value name of the queue, 1 to 200 characters
   * @return the copy
   */
  public QueueOptions withKey(String value) {
    return new QueueOptions(
        value, limit, overlap, priority, notBefore, delay, dedupKey, debounce, rate);
  }

  /**
   * A copy with another limit.
   *
   * @param value executions at once; at least 1
   * @return the copy
   */
  public QueueOptions withLimit(int value) {
    return new QueueOptions(
        key, value, overlap, priority, notBefore, delay, dedupKey, debounce, rate);
  }

  /**
   * A copy that does something else when the queue is full.
   *
   * @param value what happens
   * @return the copy
   */
  public QueueOptions withOverlap(Overlap value) {
    return new QueueOptions(
        key, limit, value, priority, notBefore, delay, dedupKey, debounce, rate);
  }

  /**
   * A copy with another priority.
   *
   * @param value -1,000 to 1,000; smaller numbers begin first
   * @return the copy
   */
  public QueueOptions withPriority(int value) {
    return new QueueOptions(key, limit, overlap, value, notBefore, delay, dedupKey, debounce, rate);
  }

  /**
   * A copy that begins later.
   *
   * @param value the earliest time
   * @return the copy
   */
  public QueueOptions withNotBefore(Instant value) {
    return new QueueOptions(key, limit, overlap, priority, value, delay, dedupKey, debounce, rate);
  }

  /**
   * A copy that is held back for a while.
   *
   * @param value zero to 366 days from the start on
   * @return the copy
   */
  public QueueOptions withDelay(Duration value) {
    return new QueueOptions(
        key, limit, overlap, priority, notBefore, value, dedupKey, debounce, rate);
  }

  /**
   * A copy that counts once.
   *
   * @param value what a second start is recognised by, 1 to 200 characters
   * @return the copy
   */
  public QueueOptions withDedupKey(String value) {
    return new QueueOptions(key, limit, overlap, priority, notBefore, delay, value, debounce, rate);
  }

  /**
   * A copy that waits until no more starts come.
   *
   * @param value what the starts have in common, 1 to 200 characters
   * @param quiet how long no other start must come; 1 ms to 366 days
   * @return the copy
   */
  public QueueOptions withDebounce(String value, Duration quiet) {
    Debounce next = new Debounce(value, quiet);
    return new QueueOptions(key, limit, overlap, priority, notBefore, delay, dedupKey, next, rate);
  }

  /**
   * A copy that keeps to a rate.
   *
   * @param permits executions that begin in each period, 1 to 1,000,000
   * @param period 1 ms to 366 days
   * @return the copy
   */
  public QueueOptions withRate(int permits, Duration period) {
    Rate next = new Rate(permits, period);
    return new QueueOptions(
        key, limit, overlap, priority, notBefore, delay, dedupKey, debounce, next);
  }
}
