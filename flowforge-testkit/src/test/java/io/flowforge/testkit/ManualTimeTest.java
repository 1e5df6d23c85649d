package io.flowforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.flowforge.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
  private final ManualTime time = ManualTime.create();
  private final List<String> ran = new ArrayList<>();

  @Test
  void stands_still_until_it_is_moved() {
    assertThat(time.now()).isEqualTo(ManualTime.START);
    time.advance(Duration.ofMillis(1500));
    assertThat(time.now()).isEqualTo(Instant.parse("2026-01-01T00:00:01.500Z"));
    assertThat(time.clock().instant()).isEqualTo(time.now());
  }

  @Test
  void runs_timers_in_due_order_and_equal_ones_as_scheduled() {
    after(3, "late");
    after(1, "first");
    after(2, "second");
    after(2, "third");
    time.advance(Duration.ofSeconds(3));
    assertThat(ran).containsExactly("first@1", "second@2", "third@2", "late@3");
  }

  @Test
  void leaves_timers_alone_that_are_not_due() {
    after(5, "later");
    time.advance(Duration.ofSeconds(4));
    assertThat(ran).isEmpty();
    assertThat(time.nextTimer()).contains(ManualTime.START.plusSeconds(5));
  }

  @Test
  void runs_timers_that_a_timer_schedules_within_the_same_move() {
    schedule(1, () -> after(1, "chained"));
    time.advance(Duration.ofSeconds(2));
    assertThat(ran).containsExactly("chained@2");
  }

  @Test
  void jumps_to_the_next_timer_and_says_when_there_is_none() {
    after(60, "a");
    after(60, "b");
    after(90, "c");
    assertThat(time.advanceToNextTimer()).isTrue();
    assertThat(ran).containsExactly("a@60", "b@60");
    assertThat(time.advanceToNextTimer()).isTrue();
    assertThat(time.advanceToNextTimer()).isFalse();
    assertThat(time.now()).isEqualTo(ManualTime.START.plusSeconds(90));
  }

  @Test
  void forgets_a_timer_that_is_cancelled() {
    TimeSource.Timer timer = after(1, "never");
    timer.cancel();
    time.advance(Duration.ofSeconds(1));
    assertThat(ran).isEmpty();
    assertThat(time.pendingTimers()).isZero();
  }

  @Test
  void runs_an_overdue_timer_at_the_next_move_without_going_back() {
    time.advance(Duration.ofSeconds(10));
    time.schedule(0, () -> note("overdue"));
    time.advance(Duration.ZERO);
    assertThat(ran).containsExactly("overdue@10");
  }

  @Test
  void runs_the_other_timers_before_a_failure_comes_out() {
    schedule(
        1,
        () -> {
          throw new IllegalStateException("broken");
        });
    after(2, "sound");
    assertThatIllegalStateException()
        .isThrownBy(() -> time.advance(Duration.ofSeconds(2)))
        .withMessage("broken");
    assertThat(ran).containsExactly("sound@2");
  }

  @Test
  void refuses_to_go_back() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> time.advance(Duration.ofNanos(-1)))
        .withMessageContaining("must not be negative");
  }

  @Test
  void refuses_to_be_moved_by_a_timer() {
    schedule(1, () -> time.advance(Duration.ZERO));
    assertThatIllegalStateException().isThrownBy(time::advanceToNextTimer);
  }

  @Test
  void drops_timers_when_closed() {
    after(1, "dropped");
    time.close();
    after(1, "refused");
    time.advance(Duration.ofSeconds(5));
    assertThat(ran).isEmpty();
  }

  private TimeSource.Timer after(int seconds, String name) {
    return schedule(seconds, () -> note(name));
  }

  private TimeSource.Timer schedule(int seconds, Runnable task) {
    return time.schedule(time.epochMicros() + seconds * 1_000_000L, task);
  }

  private void note(String name) {
    ran.add(name + "@" + Duration.between(ManualTime.START, time.now()).toSeconds());
  }
}
