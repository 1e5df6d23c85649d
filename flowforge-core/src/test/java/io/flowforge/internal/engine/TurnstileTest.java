package io.flowforge.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.FlowForgeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private final Turnstile turnstile = new Turnstile(2);

  @Test
  void who_comes_too_late_and_has_no_patience_is_refused_and_does_not_count() {
    turnstile.enter(Duration.ZERO);
    turnstile.enter(Duration.ZERO);
    assertThatThrownBy(() -> turnstile.enter(Duration.ZERO))
        .isInstanceOfSatisfying(
            FlowForgeException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("FF-OVERLOADED");
              assertThat(refused.details()).containsEntry("maxPending", 2);
            });
    assertThat(turnstile.inside()).isEqualTo(2);
    turnstile.leave();
    turnstile.enter(Duration.ZERO);
  }

  @Test
  void work_that_follows_from_work_is_never_refused() {
    turnstile.enter(Duration.ZERO);
    turnstile.enterAlways();
    turnstile.enterAlways();
    assertThat(turnstile.inside()).isEqualTo(3);
    turnstile.leave();
    assertThatThrownBy(() -> turnstile.enter(Duration.ZERO)).isInstanceOf(FlowForgeException.class);
  }

  @Test
  void an_interrupted_wait_ends_and_keeps_the_flag() {
    turnstile.enter(Duration.ZERO);
    turnstile.enter(Duration.ZERO);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> turnstile.enter(Duration.ofSeconds(20)))
        .extracting("code")
        .isEqualTo("FF-INTERRUPTED");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void the_longest_patience_does_not_overflow() {
    turnstile.enter(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(turnstile.inside()).isEqualTo(1);
  }

  @Test
  void many_who_wait_all_get_in_and_never_too_many_at_once() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        all.add(
            pool.submit(
                () -> {
                  turnstile.enter(Duration.ofSeconds(20));
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  inside.decrementAndGet();
                  turnstile.leave();
                }));
      }
      for (Future<?> one : all) {
        one.get(30, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 2);
    assertThat(turnstile.inside()).isZero();
  }
}
