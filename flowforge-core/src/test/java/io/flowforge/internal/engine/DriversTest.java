package io.flowforge.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DriversTest {
  @Test
  void by_hand_steps_run_on_the_callers_thread_one_after_another() {
    Drivers drivers = new Drivers(true, 1);
    List<String> ran = new ArrayList<>();
    drivers.dispatch(
        () -> {
          drivers.dispatch(() -> ran.add("inner"));
          ran.add("outer");
        });
    assertThat(ran).containsExactly("outer", "inner");
  }

  @Test
  void by_hand_a_million_steps_that_lead_to_steps_do_not_recurse() {
    Drivers drivers = new Drivers(true, 1);
    int[] left = {1_000_000};
    Runnable[] step = new Runnable[1];
    step[0] =
        () -> {
          if (left[0]-- > 0) {
            drivers.dispatch(step[0]);
          }
        };
    drivers.dispatch(step[0]);
    assertThat(left[0]).isNegative();
  }

  @Test
  void by_hand_a_step_that_fails_does_not_stop_the_others() {
    Drivers drivers = new Drivers(true, 1);
    List<String> ran = new ArrayList<>();
    drivers.dispatch(
        () -> {
          drivers.dispatch(() -> ran.add("after"));
          throw new IllegalStateException("broken");
        });
    drivers.dispatch(() -> ran.add("next"));
    assertThat(ran).containsExactly("after", "next");
  }

  @Test
  void timers_that_come_due_together_all_run_though_one_fails() throws Exception {
    Drivers drivers = new Drivers(false, 2);
    CountDownLatch ran = new CountDownLatch(99);
    Runnable[] tasks = new Runnable[128];
    tasks[0] =
        () -> {
          throw new StackOverflowError();
        };
    for (int i = 1; i < 100; i++) {
      tasks[i] = ran::countDown;
    }
    drivers.due(tasks, 100);
    assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    drivers.close();
    drivers.dispatch(ran::countDown);
  }

  @Test
  void blocked_listeners_take_no_driver() throws Exception {
    Drivers drivers = new Drivers(false, 1);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch ran = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      drivers
          .listenerPool()
          .execute(
              () -> {
                try {
                  release.await();
                } catch (InterruptedException interrupted) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    drivers.dispatch(ran::countDown);
    assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    release.countDown();
    drivers.close();
  }
}
