package io.flowforge.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.TimeSource.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimeTest {
  private final SystemTime time =
      new SystemTime(
          (tasks, count) -> {
            for (int i = 0; i < count; i++) {
              tasks[i].run();
            }
          });

  @AfterEach
  void close() {
    time.close();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Holds the thread that runs timers, however long this one takes, until the latch is open. */
  private CountDownLatch hold() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    time.schedule(
        0,
        () -> {
          held.countDown();
          try {
            open.await();
          } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
          }
        });
    await(held);
    return open;
  }

  @Test
  void the_clock_shows_the_systems_time_and_never_goes_back() {
    long before = time.epochMicros();
    assertThat(before / 1_000_000)
        .isBetween(Instant.now().getEpochSecond() - 5, Instant.now().getEpochSecond() + 5);
    for (int i = 0; i < 100_000; i++) {
      long now = time.epochMicros();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
  }

  @Test
  void timers_run_in_due_order_and_never_early() throws Exception {
    CountDownLatch open = hold();
    SplittableRandom random = new SplittableRandom(3);
    long base = time.epochMicros() + 100_000;
    List<Long> ran = new CopyOnWriteArrayList<>();
    AtomicInteger early = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(2_000);
    for (int i = 0; i < 2_000; i++) {
      long due = base + random.nextInt(50_000);
      time.schedule(
          due,
          () -> {
            if (time.epochMicros() < due) {
              early.incrementAndGet();
            }
            ran.add(due);
            all.countDown();
          });
    }
    open.countDown();
    await(all);
    assertThat(early).hasValue(0);
    assertThat(ran).isSorted();
  }

  @Test
  void a_timer_that_is_due_already_runs_at_once() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    time.schedule(0, ran::countDown);
    await(ran);
  }

  @Test
  void an_earlier_timer_overtakes_a_later_one() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    time.schedule(time.epochMicros() + 3_600_000_000L, () -> {});
    time.schedule(time.epochMicros() + 1_000, ran::countDown);
    await(ran);
  }

  @Test
  void cancelled_timers_do_not_run_and_do_not_disturb_the_others() throws Exception {
    CountDownLatch open = hold();
    long base = time.epochMicros();
    AtomicInteger wrong = new AtomicInteger();
    List<Integer> ran = new CopyOnWriteArrayList<>();
    CountDownLatch all = new CountDownLatch(100);
    List<Timer> cancelled = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      if (i % 100 == 0) {
        time.schedule(
            base + number,
            () -> {
              ran.add(number);
              all.countDown();
            });
      } else {
        cancelled.add(time.schedule(base + number, wrong::incrementAndGet));
      }
    }
    cancelled.forEach(Timer::cancel);
    cancelled.forEach(Timer::cancel);
    open.countDown();
    await(all);
    assertThat(wrong).hasValue(0);
    assertThat(ran).hasSize(100).isSorted();
  }

  @Test
  void a_timer_may_be_cancelled_after_it_ran_and_schedule_others() throws Exception {
    CountDownLatch ran = new CountDownLatch(2);
    List<Timer> own = new CopyOnWriteArrayList<>();
    own.add(
        time.schedule(
            time.epochMicros(),
            () -> {
              ran.countDown();
              time.schedule(time.epochMicros() + 10, ran::countDown);
            }));
    await(ran);
    own.get(0).cancel();
  }

  @Test
  void after_close_nothing_runs_and_no_thread_is_left() {
    AtomicInteger ran = new AtomicInteger();
    time.schedule(time.epochMicros() + 50_000, ran::incrementAndGet);
    time.close();
    time.close();
    time.schedule(0, ran::incrementAndGet).cancel();
    assertThat(ran).hasValue(0);
  }
}
