package io.flowforge.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The hand-written limit of waiting: one scheduled task each, and a latch. */
final class BareTimers {
  private BareTimers() {}

  static int await(int count, long millis) throws InterruptedException {
    ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
    CountDownLatch left = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      timers.schedule(left::countDown, millis, TimeUnit.MILLISECONDS);
    }
    left.await();
    timers.shutdown();
    return count;
  }
}
