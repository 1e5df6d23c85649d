package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do work in order of arrival, each on a connection of its own that it keeps for a
 * while. Who would wait for the answer anyway may do the work himself, when nothing waits.
 */
final class Lane implements AutoCloseable {
  private static final int MOST_WAITING = 10_000;
  private static final long OLDEST_NANOS = Duration.ofMinutes(5).toNanos();
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final DataSource source;
  private final Sql sql;
  private final long keepNanos;
  private final Duration longest;
  private final BlockingQueue<Job<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final List<Runner> runners = new ArrayList<>();

  /** Work that was taken and is not done. */
  private final AtomicInteger pending = new AtomicInteger();

  private volatile boolean closed;

  /**
   * Starts the threads.
   *
   * @param keep how long an idle thread keeps its connection; zero gives it back after each work
   * @param longest how long one answer of the database may take
   */
  Lane(String name, int threads, DataSource source, Sql sql, Duration keep, Duration longest) {
    this.source = source;
    this.sql = sql;
    this.keepNanos = keep.toNanos();
    this.longest = longest;
    for (int number = 1; number <= threads; number++) {
      Runner runner = new Runner();
      runners.add(runner);
      runner.thread = new Thread(runner, "flowforge-jdbc-" + name + "-" + number);
      runner.thread.setDaemon(true);
    }
    runners.forEach(runner -> runner.thread.start());
  }

  /** Takes work; its stage completes on a thread of the lane. */
  <T> CompletionStage<T> submit(Work<T> work) {
    Job<T> job = new Job<>(work, new CompletableFuture<>());
    pending.incrementAndGet();
    if (closed) {
      refuse(job, Refusals.closed());
    } else if (!waiting.offer(job)) {
      refuse(
          job,
          StoreException.unavailable(MOST_WAITING + " calls wait for the database already", null));
    } else if (closed && waiting.remove(job)) {
      refuse(job, Refusals.closed());
    }
    return job.future;
  }

  private void refuse(Job<?> job, Throwable reason) {
    pending.decrementAndGet();
    job.future.completeExceptionally(reason);
  }

  /**
   * Does work on the calling thread, on the connection of the first thread of the lane; gives
   * nothing, and does nothing, when other work is under way or waits, or connections are not kept.
   */
  <T> Optional<T> here(Work<T> work) {
    Runner runner = runners.get(0);
    if (closed || keepNanos == 0 || pending.get() > 0 || !runner.turn.tryLock()) {
      return Optional.empty();
    }
    // H2 closes its file when a thread that writes is interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      return closed ? Optional.empty() : Optional.of(runner.perform(work));
    } finally {
      runner.turn.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the threads and gives the connections back; work that waits fails. */
  @Override
  public void close() {
    closed = true;
    List<Job<?>> left = new ArrayList<>();
    waiting.drainTo(left);
    left.forEach(job -> job.future.completeExceptionally(Refusals.closed()));
    long end = System.nanoTime() + CLOSE_WAIT.toNanos();
    for (Runner runner : runners) {
      runner.thread.interrupt();
    }
    boolean interrupted = false;
    for (Runner runner : runners) {
      if (runner.thread == Thread.currentThread()) {
        continue;
      }
      try {
        TimeUnit.NANOSECONDS.timedJoin(runner.thread, Math.max(1, end - System.nanoTime()));
        if (runner.thread.isAlive()) {
          runner.cut();
          TimeUnit.NANOSECONDS.timedJoin(runner.thread, CLOSE_WAIT.toNanos());
        }
      } catch (InterruptedException e) {
        interrupted = true;
        runner.cut();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private record Job<T>(Work<T> work, CompletableFuture<T> future) {}

  /** Lets a thread look at its connection, which another has opened. */
  private static final Work<Boolean> LOOK = session -> true;

  /** One thread with its connection. */
  private final class Runner implements Runnable {
    private Thread thread = Thread.currentThread();

    /** Held by whoever uses the connection. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile @Nullable Session kept;
    private long keptSince;
    private long usedAt;
    private volatile boolean cut;

    @Override
    public void run() {
      while (!closed) {
        try {
          Job<?> job =
              kept == null ? waiting.take() : waiting.poll(keepNanos, TimeUnit.NANOSECONDS);
          if (job == null) {
            giveBackIdle();
          } else if (job.work != LOOK) {
            finish(job);
          }
        } catch (InterruptedException ignored) {
          // Only close() interrupts, and the loop looks for that.
        }
      }
      turn.lock();
      try {
        giveBack();
      } finally {
        turn.unlock();
      }
    }

    private <T> void finish(Job<T> job) {
      T result;
      try {
        result = inTurn(job.work);
      } catch (Throwable e) {
        refuse(job, e);
        return;
      }
      // Before it is told, so that whoever goes on there finds the lane free.
      pending.decrementAndGet();
      job.future.complete(result);
    }

    private <T> T inTurn(Work<T> work) {
      turn.lock();
      try {
        return perform(work);
      } finally {
        turn.unlock();
      }
    }

    /** Does work, by a thread that has the turn. */
    private <T> T perform(Work<T> work) {
      try {
        return new Attempts(this::session, this::drop).run(work);
      } finally {
        settle();
        usedAt = System.nanoTime();
      }
    }

    private void giveBackIdle() {
      if (!turn.tryLock()) {
        return;
      }
      try {
        if (System.nanoTime() - usedAt >= keepNanos) {
          giveBack();
        }
      } finally {
        turn.unlock();
      }
    }

    /** Gives the connection back before the answer, when it is not to be kept. */
    private void settle() {
      if (keepNanos == 0 || System.nanoTime() - keptSince > OLDEST_NANOS) {
        giveBack();
      }
    }

    private Session session() throws SQLException {
      Session session = kept;
      if (session == null) {
        if (cut) {
          throw Refusals.closed();
        }
        session = Session.open(sql, source.getConnection(), longest);
        kept = session;
        keptSince = System.nanoTime();
        if (Thread.currentThread() != thread) {
          waiting.offer(new Job<>(LOOK, new CompletableFuture<>()));
        }
      }
      return session;
    }

    private void giveBack() {
      Session session = kept;
      kept = null;
      if (session != null) {
        session.close();
      }
    }

    private void drop() {
      Session session = kept;
      kept = null;
      if (session != null) {
        session.abort();
      }
    }

    /** Ends what runs, from another thread. */
    private void cut() {
      cut = true;
      Session session = kept;
      if (session != null) {
        session.abort();
      }
    }
  }
}
