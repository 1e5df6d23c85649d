package io.flowforge.internal.engine;

import io.flowforge.internal.time.Threads;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs blocking actions, so many at once: on virtual threads where the JDK has them, else on a
 * pool, or on the host's executor.
 */
final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int PLATFORM_THREADS = 64;
  private static final int VIRTUAL_THREADS = 1_000;

  private final Executor executor;
  private final @Nullable ExecutorService own;
  private final int most;
  private final ArrayDeque<Runnable> line = new ArrayDeque<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private int busy;
  private boolean closed;

  Workers(@Nullable Executor host, int workers) {
    ExecutorService virtual = host == null ? Threads.virtual() : null;
    most =
        workers > 0
            ? workers
            : virtual == null && host == null ? PLATFORM_THREADS : VIRTUAL_THREADS;
    if (host != null) {
      own = null;
      executor = host;
    } else {
      own = virtual != null ? virtual : Threads.pool("flowforge-worker", most);
      executor = own;
    }
  }

  void execute(Runnable action) {
    synchronized (line) {
      if (closed) {
        throw new RejectedExecutionException("the engine is closed");
      }
      if (busy >= most) {
        line.add(action);
        return;
      }
      busy++;
    }
    try {
      executor.execute(() -> runAll(action));
    } catch (RuntimeException | Error refused) {
      left();
      throw refused;
    }
  }

  /** A thread is done, or none could be had. */
  private void left() {
    synchronized (line) {
      busy--;
      line.notifyAll();
    }
  }

  private void runAll(Runnable first) {
    Thread thread = Thread.currentThread();
    threads.add(thread);
    try {
      Runnable next = first;
      while (next != null) {
        run(next);
        next = next();
      }
    } finally {
      threads.remove(thread);
    }
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable bug) {
      // An action's own failures are its run's; this one is ours, and must not cost a worker.
      LOG.error("a worker met an internal error", bug);
    }
  }

  private @Nullable Runnable next() {
    synchronized (line) {
      Runnable next = line.poll();
      if (next == null) {
        busy--;
        line.notifyAll();
      }
      return next;
    }
  }

  int busy() {
    synchronized (line) {
      return busy;
    }
  }

  /** Waits until nothing runs, or so long. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    long rest = nanos;
    synchronized (line) {
      while (busy > 0 && rest > 0) {
        long millis = Math.max(1, Math.min(rest / 1_000_000L, 50));
        line.wait(millis);
        rest -= millis * 1_000_000L;
      }
      return busy == 0;
    }
  }

  void close() {
    synchronized (line) {
      closed = true;
      line.clear();
    }
    for (Thread thread : threads) {
      thread.interrupt();
    }
    if (own != null) {
      Threads.end(own);
    }
  }
}
