package io.flowforge.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Retry;
import io.flowforge.flow.Retry.Jitter;
import io.flowforge.flow.Retry.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BackoffTest {
  private static Retry policy(Strategy strategy, Jitter jitter, Duration delay, Duration cap) {
    return Retry.builder()
        .strategy(strategy)
        .jitter(jitter)
        .delay(delay)
        .maxDelay(cap)
        .maxAttempts(Retry.MAX_ATTEMPTS)
        .build();
  }

  private static long next(Retry policy, int failed, double random) {
    return Backoff.next(policy, failed, "X", true, random, 0);
  }

  static List<Arguments> strategies() {
    List<Arguments> all = new ArrayList<>();
    for (Strategy strategy : Strategy.values()) {
      for (Jitter jitter : Jitter.values()) {
        all.add(Arguments.of(strategy, jitter));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void every_delay_keeps_within_the_bounds_of_its_jitter(Strategy strategy, Jitter jitter) {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 5_000; i++) {
      Duration delay = Duration.ofMillis(random.nextInt(100_000));
      Duration cap = Duration.ofMillis(random.nextInt(10_000_000));
      Retry policy = policy(strategy, jitter, delay, cap);
      int failed = 1 + random.nextInt(random.nextBoolean() ? 10 : 900_000);
      long envelope = Backoff.envelope(policy, failed);
      long chosen = next(policy, failed, random.nextDouble());
      assertThat(envelope).isBetween(0L, cap.toNanos() / 1000);
      assertThat(chosen).isLessThanOrEqualTo(envelope);
      assertThat(chosen)
          .isGreaterThanOrEqualTo(
              switch (jitter) {
                case NONE -> envelope;
                case EQUAL -> envelope / 2;
                case FULL -> 0;
              });
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void the_envelope_never_shrinks(Strategy strategy, Jitter jitter) {
    Retry policy = policy(strategy, jitter, Duration.ofMillis(7), Duration.ofDays(1));
    for (int failed = 2; failed < 200; failed++) {
      assertThat(Backoff.envelope(policy, failed))
          .isGreaterThanOrEqualTo(Backoff.envelope(policy, failed - 1));
    }
  }

  @Test
  void jitter_uses_the_whole_range() {
    Retry full = policy(Strategy.FIXED, Jitter.FULL, Duration.ofSeconds(1), Duration.ofSeconds(9));
    assertThat(next(full, 1, 0)).isZero();
    assertThat(next(full, 1, 0.999_999)).isGreaterThan(999_000);
    Retry equal =
        policy(Strategy.FIXED, Jitter.EQUAL, Duration.ofSeconds(1), Duration.ofSeconds(9));
    assertThat(next(equal, 1, 0)).isEqualTo(500_000);
    assertThat(next(equal, 1, 0.999_999)).isGreaterThan(999_000);
  }

  @Test
  void the_longest_durations_do_not_overflow() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    for (Strategy strategy : Strategy.values()) {
      Retry policy = policy(strategy, Jitter.NONE, longest, longest);
      assertThat(next(policy, 900_000, 0.5)).isPositive();
    }
  }

  @Test
  void the_last_attempt_is_the_last() {
    Retry policy = Retry.fixed(3, Duration.ofSeconds(1));
    assertThat(next(policy, 2, 0)).isNotEqualTo(Backoff.GIVE_UP);
    assertThat(next(policy, 3, 0)).isEqualTo(Backoff.GIVE_UP);
  }

  @Test
  void the_budget_counts_the_delay_that_would_follow() {
    Retry policy =
        Retry.builder()
            .strategy(Strategy.FIXED)
            .jitter(Jitter.NONE)
            .delay(Duration.ofSeconds(10))
            .maxElapsed(Duration.ofSeconds(25))
            .build();
    assertThat(Backoff.next(policy, 1, "X", true, 0, 15_000_000)).isEqualTo(10_000_000);
    assertThat(Backoff.next(policy, 1, "X", true, 0, 15_000_001)).isEqualTo(Backoff.GIVE_UP);
  }

  @Test
  void patterns_match_exactly_or_by_their_beginning() {
    assertThat(Backoff.matches(List.of("FF-HTTP"), "FF-HTTP")).isTrue();
    assertThat(Backoff.matches(List.of("FF-HTTP"), "FF-HTTP-STATUS")).isFalse();
    assertThat(Backoff.matches(List.of("A", "FF-HTTP*"), "FF-HTTP-STATUS")).isTrue();
    assertThat(Backoff.matches(List.of("*"), "ANY")).isTrue();
    assertThat(Backoff.matches(List.of(), "ANY")).isFalse();
  }
}
