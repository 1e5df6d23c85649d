package io.flowforge.internal.time;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where threads are made: daemon threads, named, ending when idle. */
public final class Threads {
  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
  private static final long IDLE_SECONDS = 10;
  private static final long END_SECONDS = 1;
  private static final @Nullable ExecutorService NO_EXECUTOR = null;

  private Threads() {}

  static Thread platform(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Waits for the end of a thread that was told to end. */
  static void join(Thread thread) {
    try {
      thread.join(END_SECONDS * 1000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A pool of at most so many platform threads, which end when idle. */
  public static ExecutorService pool(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory factory = body -> platform(name + "-" + number.incrementAndGet(), body);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Ends a pool: what is queued still runs, and its threads are gone when this returns, save those
   * that do not end within a second.
   */
  public static void end(ExecutorService pool) {
    pool.shutdown();
    boolean self = Thread.currentThread().getName().startsWith("flowforge-");
    try {
      if (!self && !pool.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("threads of the engine have not ended within {} s of closing", END_SECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Virtual threads, one per task, where the JDK has them (21 and later); found by reflection
   * because the code is compiled for 17.
   */
  public static @Nullable ExecutorService virtual() {
    try {
      Method method = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
      return (ExecutorService) method.invoke(null);
    } catch (ReflectiveOperationException ignored) {
      // An older JDK has none, or only as a preview that is switched off.
      return NO_EXECUTOR;
    }
  }
}
