package io.flowforge.testkit;

import io.flowforge.execution.Timestamps;
import io.flowforge.spi.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until a test moves it.
 *
 * <p>Timers run on the thread that moves the time, one after the other, in the order in which they
 * are due (of equal ones in the order in which they were scheduled), each at the moment it is due.
 * A timer whose time has already come when it is scheduled waits for the next move as well; {@code
 * advance(Duration.ZERO)} is enough of one. Thread-safe.
 *
 * <pre>{@code
 * ManualTime time = ManualTime.create();
 * try (FlowForge forge = FlowForge.builder().time(time).build()) {
 *   Execution execution = forge.start(flow, Map.of());
 *   time.advance(Duration.ofDays(3));
 *   assertThat(execution).isCompleted();
 * }
 * }</pre>
 */
public final class ManualTime implements TimeSource {
  /** The moment at which {@link #create()} begins: 2026-01-01T00:00:00Z. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Entry> timers = new PriorityQueue<>(Entry.ORDER);
  private final ReentrantLock moving = new ReentrantLock();
  private final WaitedForExecutor executor = new WaitedForExecutor();
  private volatile long now;
  private long scheduled;
  private boolean closed;

  /** How long to wait for actions, in milliseconds of real time: some never end by themselves. */
  private static final long PATIENCE_MILLIS = 1000;

  private ManualTime(Instant start) {
    now = micros(start);
  }

  /**
   * Time that begins at {@link #START}.
   *
   * @return a source of its own
   */
  public static ManualTime create() {
    return startingAt(START);
  }

  /**
   * Time that begins at a moment of one's own.
   *
   * @param start its first moment; what is finer than a microsecond is cut off
   * @return a source of its own
   */
  public static ManualTime startingAt(Instant start) {
    return new ManualTime(Objects.requireNonNull(start, "start"));
  }

  /**
   * The moment at which it stands.
   *
   * @return microsecond resolution
   */
  public Instant now() {
    return Timestamps.ofMicros(now);
  }

  /**
   * A clock that shows this time.
   *
   * @return a clock in UTC
   */
  public Clock clock() {
    return new ManualClock(this);
  }

  /**
   * An executor for blocking actions which this time waits for: before it moves on from a moment,
   * it lets them finish, for up to a second of real time. So an action that takes no manual time
   * sees the moment at which it was started, and its retries are due when they should be.
   *
   * <pre>{@code
   * FlowForge.builder().time(time).executor(time.executor()).build()
   * }</pre>
   *
   * @return the executor; its threads are daemons and end when idle
   */
  public Executor executor() {
    return executor;
  }

  /**
   * Waits until no action runs on {@link #executor()}, for up to a second of real time. The moves
   * of time do so by themselves.
   */
  public void settle() {
    executor.awaitIdle(PATIENCE_MILLIS);
  }

  /**
   * Moves the time on and runs every timer that comes due on the way, those scheduled meanwhile
   * included.
   *
   * @param step zero or longer
   * @throws IllegalArgumentException when the step leads back
   * @throws IllegalStateException when called by a timer's task
   */
  public void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("step must not be negative, was " + step);
    }
    move(() -> runUntil(Math.addExact(now, micros(step))));
  }

  /**
   * Moves the time on to a moment; see {@link #advance}.
   *
   * @param moment not before {@link #now()}
   * @throws IllegalArgumentException when the moment is past
   */
  public void advanceTo(Instant moment) {
    advance(Duration.between(now(), moment));
  }

  /**
   * Moves the time to the moment the next timer is due and runs all that are due then.
   *
   * @return false when no timer is waiting; the time then stands where it was
   */
  public boolean advanceToNextTimer() {
    settle();
    Optional<Instant> next = nextTimer();
    next.ifPresent(due -> move(() -> runUntil(Math.max(now, micros(due)))));
    return next.isPresent();
  }

  /**
   * When the next timer is due.
   *
   * @return its moment; empty when none is waiting
   */
  public synchronized Optional<Instant> nextTimer() {
    return Optional.ofNullable(timers.peek()).map(entry -> Timestamps.ofMicros(entry.due));
  }

  /**
   * How many timers wait.
   *
   * @return 0 or more
   */
  public synchronized int pendingTimers() {
    return timers.size();
  }

  @Override
  public long epochMicros() {
    return now;
  }

  @Override
  public synchronized Timer schedule(long dueMicros, Runnable task) {
    Entry entry = new Entry(dueMicros, scheduled++, Objects.requireNonNull(task, "task"));
    if (!closed) {
      timers.add(entry);
    }
    return () -> cancel(entry);
  }

  @Override
  public synchronized void close() {
    closed = true;
    timers.clear();
  }

  @Override
  public synchronized String toString() {
    return "ManualTime[" + now() + ", " + timers.size() + " timers]";
  }

  private synchronized void cancel(Entry entry) {
    timers.remove(entry);
  }

  private void move(Runnable steps) {
    if (moving.isHeldByCurrentThread()) {
      throw new IllegalStateException("a timer's task must not move the time that runs it");
    }
    moving.lock();
    try {
      steps.run();
    } finally {
      moving.unlock();
    }
  }

  /** Runs timers up to a moment; what a task throws comes out when all have run. */
  private void runUntil(long target) {
    RuntimeException failure = null;
    settle();
    for (Entry entry = next(target); entry != null; entry = next(target)) {
      try {
        entry.task.run();
      } catch (RuntimeException thrown) {
        if (failure == null) {
          failure = thrown;
        } else {
          failure.addSuppressed(thrown);
        }
      }
      settle();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Takes the next timer due by a moment and moves the time to it; without one, to the moment. */
  private synchronized @Nullable Entry next(long target) {
    Entry entry = timers.peek();
    if (entry == null || entry.due > target) {
      now = target;
      return null;
    }
    now = Math.max(now, entry.due);
    return timers.poll();
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
  }

  /** A waiting timer; equal only to itself. */
  private static final class Entry {
    static final Comparator<Entry> ORDER =
        Comparator.<Entry>comparingLong(entry -> entry.due).thenComparingLong(entry -> entry.order);

    private final long due;
    private final long order;
    private final Runnable task;

    Entry(long due, long order, Runnable task) {
      this.due = due;
      this.order = order;
      this.task = task;
    }
  }
}
