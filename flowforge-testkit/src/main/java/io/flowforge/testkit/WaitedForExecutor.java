package io.flowforge.testkit;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks on threads of its own, and lets others wait until none is under way. */
final class WaitedForExecutor implements Executor {
  private static final long IDLE_MILLIS = 200;

  private final ThreadPoolExecutor pool;
  private int busy;

  WaitedForExecutor() {
    pool =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_MILLIS, TimeUnit.MILLISECONDS, new SynchronousQueue<>());
    pool.setThreadFactory(
        task -> {
          Thread thread = new Thread(task, "flowforge-test-worker");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void execute(Runnable task) {
    changeBusy(1);
    try {
      pool.execute(
          () -> {
            try {
              task.run();
            } finally {
              changeBusy(-1);
            }
          });
    } catch (RuntimeException | Error refused) {
      changeBusy(-1);
      throw refused;
    }
  }

  /** Waits until nothing is under way, or so long. */
  synchronized void awaitIdle(long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (busy > 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void changeBusy(int by) {
    busy += by;
    notifyAll();
  }
}
