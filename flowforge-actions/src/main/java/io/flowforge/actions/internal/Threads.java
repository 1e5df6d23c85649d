package io.flowforge.actions.internal;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one place where this module makes threads: daemons that end by themselves when idle. */
public final class Threads {
  private static final Duration IDLE = Duration.ofSeconds(2);

  private Threads() {}

  /**
   * A pool for work that cannot be interrupted and so must not hold a caller.
   *
   * @param name what the threads are called
   * @param most how many there may be at once; more work is refused
   * @return the pool, without a thread yet
   */
  public static ThreadPoolExecutor workers(String name, int most) {
    return new ThreadPoolExecutor(
        0, most, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), daemons(name));
  }

  /**
   * A timer for short tasks.
   *
   * @param name what its thread is called
   * @return the timer, without a thread yet
   */
  public static ScheduledThreadPoolExecutor timer(String name) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons(name));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  private static ThreadFactory daemons(String name) {
    ThreadFactory plain = Executors.defaultThreadFactory();
    return task -> {
      Thread thread = plain.newThread(task);
      thread.setName(name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
