package io.flowforge.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void no_more_run_at_once_than_there_are_workers_and_all_run_in_the_end() {
    Workers workers = new Workers(null, 3);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(500);
    for (int i = 0; i < 500; i++) {
      workers.execute(
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            running.decrementAndGet();
            all.countDown();
          });
    }
    await(all);
    assertThat(most.get()).isBetween(1, 3);
    workers.close();
  }

  @Test
  void a_worker_that_could_not_be_had_is_not_counted_as_busy() {
    Workers workers =
        new Workers(
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            },
            1);
    assertThatThrownBy(() -> workers.execute(() -> {})).isInstanceOf(OutOfMemoryError.class);
    assertThat(workers.busy()).isZero();
  }

  @Test
  void an_action_that_throws_frees_its_worker() throws Exception {
    List<Runnable> tasks = new ArrayList<>();
    Workers workers = new Workers(tasks::add, 1);
    CountDownLatch second = new CountDownLatch(1);
    workers.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    workers.execute(second::countDown);
    tasks.get(0).run();
    await(second);
    assertThat(workers.awaitIdle(TimeUnit.SECONDS.toNanos(20))).isTrue();
  }

  @Test
  void a_closed_pool_refuses_and_interrupts_what_runs() {
    Workers workers = new Workers(null, 1);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    workers.execute(
        () -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException stopped) {
            interrupted.countDown();
          }
        });
    await(started);
    workers.close();
    await(interrupted);
    assertThatThrownBy(() -> workers.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
