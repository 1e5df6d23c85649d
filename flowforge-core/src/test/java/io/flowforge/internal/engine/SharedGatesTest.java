package io.flowforge.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.CircuitBreaker;
import io.flowforge.flow.RateLimit;
import io.flowforge.internal.run.Gates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedGatesTest {
  private static final CircuitBreaker POLICY =
      new CircuitBreaker("k", 2, Duration.ofSeconds(10), 2, CircuitBreaker.WhenOpen.FAIL);

  private final StoppedTime time = new StoppedTime();
  private final SharedGates gates = new SharedGates(time, Map.of("http", 2));

  private long enter() {
    return gates.enterBreaker(POLICY, "k");
  }

  private void leave(boolean success) {
    gates.leaveBreaker(POLICY, "k", success);
  }

  private void open() {
    enter();
    leave(false);
    enter();
    leave(false);
  }

  @Test
  void an_open_breaker_says_how_long_it_stays_open() {
    open();
    assertThat(enter()).isEqualTo(10_000_000);
    time.pass(4);
    assertThat(enter()).isEqualTo(6_000_000);
  }

  @Test
  void a_half_open_breaker_closes_when_all_its_trials_succeed() {
    open();
    time.pass(10);
    assertThat(enter()).isEqualTo(Gates.PASS);
    assertThat(enter()).isEqualTo(Gates.PASS);
    assertThat(enter()).isPositive();
    leave(true);
    assertThat(enter()).isPositive();
    leave(true);
    assertThat(enter()).isEqualTo(Gates.PASS);
  }

  @Test
  void a_half_open_breaker_opens_again_at_the_first_failed_trial() {
    open();
    time.pass(10);
    enter();
    leave(false);
    assertThat(enter()).isEqualTo(10_000_000);
    time.pass(10);
    assertThat(enter()).isEqualTo(Gates.PASS);
  }

  @Test
  void a_forgotten_trial_gives_its_place_to_another() {
    open();
    time.pass(10);
    enter();
    enter();
    gates.forgetBreaker("k");
    assertThat(enter()).isEqualTo(Gates.PASS);
    gates.forgetBreaker("unknown");
  }

  @Test
  void permits_are_spread_so_that_no_period_holds_more() {
    RateLimit limit = new RateLimit(null, 3, Duration.ofSeconds(6));
    List<Long> at = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      at.add(time.micros + gates.reserve(limit, "k", () -> {}));
      time.micros += i * 100_000L;
    }
    for (int i = 3; i < at.size(); i++) {
      assertThat(at.get(i) - at.get(i - 3)).isGreaterThanOrEqualTo(6_000_000);
    }
    assertThat(gates.reserve(limit, "other", () -> {})).isZero();
  }

  @Test
  void places_of_a_type_are_handed_on_in_order_of_arrival() {
    List<String> called = new ArrayList<>();
    assertThat(gates.limited("http")).isTrue();
    assertThat(gates.limited("echo")).isFalse();
    assertThat(gates.enterType("http", () -> called.add("a"))).isTrue();
    assertThat(gates.enterType("http", () -> called.add("b"))).isTrue();
    assertThat(gates.enterType("http", () -> called.add("c"))).isFalse();
    assertThat(gates.enterType("http", () -> called.add("d"))).isFalse();
    gates.leaveType("http");
    assertThat(called).containsExactly("c");
    gates.callNext("http");
    assertThat(called).containsExactly("c", "d");
  }

  @Test
  void nobody_is_called_while_no_place_is_free() {
    List<String> called = new ArrayList<>();
    gates.enterType("http", () -> {});
    gates.enterType("http", () -> {});
    gates.enterType("http", () -> called.add("late"));
    gates.callNext("http");
    assertThat(called).isEmpty();
  }
}
