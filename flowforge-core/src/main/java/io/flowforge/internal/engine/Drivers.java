package io.flowforge.internal.engine;

import io.flowforge.internal.time.Threads;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs steps of state machines that timers and events have made ready: on a few threads of their
 * own, so that blocking actions never hold up time, or, where the host moves time by hand, on the
 * thread that moves it, one after another.
 */
final class Drivers {
  private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);
  private static final int CHUNK = 32;

  /** Listeners that may block at once, where the JDK has no virtual threads. */
  private static final int LISTENERS = 8;

  private final int threads;

  /** Steps that were dispatched and are not done. */
  private final AtomicInteger steps = new AtomicInteger();

  private final @Nullable ExecutorService pool;
  private final @Nullable ExecutorService listeners;

  @SuppressWarnings("ThreadLocalUsage") // engines do not share their steps
  private final ThreadLocal<ArrayDeque<Runnable>> inline = new ThreadLocal<>();

  /** Whose step runs on a thread. */
  private static final ThreadLocal<@Nullable Drivers> CURRENT = new ThreadLocal<>();

  Drivers(boolean byHand, int threads) {
    this.threads = threads;
    pool = byHand ? null : Threads.pool("flowforge-driver", threads);
    listeners = byHand ? null : listenerThreads();
  }

  private static ExecutorService listenerThreads() {
    ExecutorService virtual = Threads.virtual();
    return virtual != null ? virtual : Threads.pool("flowforge-listener", LISTENERS);
  }

  /** Where listeners are called: on threads of their own, for they may block. */
  Executor listenerPool() {
    return listeners != null ? listeners : this::dispatch;
  }

  /** Whether steps run on threads of their own. */
  boolean hasThreads() {
    return pool != null;
  }

  /** Whether the calling thread is one of them, and may wait. */
  boolean areCurrent() {
    return CURRENT.get() == this;
  }

  /** Whether one of them would begin with a step at once. */
  boolean areFree() {
    return pool != null && steps.get() < threads;
  }

  private void execute(ExecutorService own, Runnable step) {
    steps.incrementAndGet();
    try {
      own.execute(() -> onThread(step));
    } catch (RejectedExecutionException closing) {
      steps.decrementAndGet();
      LOG.debug("a step was dropped, the engine is closing", closing);
    }
  }

  private void onThread(Runnable step) {
    CURRENT.set(this);
    try {
      step.run();
    } finally {
      steps.decrementAndGet();
    }
  }

  void dispatch(Runnable step) {
    if (pool == null) {
      runInline(step);
      return;
    }
    execute(pool, step);
  }

  /** A loop instead of a recursion, however many steps lead to further steps. */
  private void runInline(Runnable step) {
    ArrayDeque<Runnable> line = inline.get();
    if (line != null) {
      line.add(step);
      return;
    }
    ArrayDeque<Runnable> own = new ArrayDeque<>();
    inline.set(own);
    try {
      Runnable next = step;
      while (next != null) {
        guarded(next);
        next = own.poll();
      }
    } finally {
      inline.remove();
    }
  }

  /** Timers that came due together, in chunks: one hand-over for many. */
  void due(Runnable[] tasks, int count) {
    if (pool == null) {
      for (int i = 0; i < count; i++) {
        runInline(tasks[i]);
      }
      return;
    }
    for (int from = 0; from < count; from += CHUNK) {
      Runnable[] chunk = java.util.Arrays.copyOfRange(tasks, from, Math.min(count, from + CHUNK));
      execute(
          pool,
          () -> {
            for (Runnable task : chunk) {
              guarded(task);
            }
          });
    }
  }

  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable bug) {
      LOG.error("a step failed", bug);
    }
  }

  void close() {
    if (pool != null) {
      Threads.end(pool);
    }
    if (listeners != null) {
      Threads.end(listeners);
      listeners.shutdownNow();
    }
  }
}
