package io.flowforge.internal.run;

import io.flowforge.flow.Retry;
import java.util.List;

/** When a failed node is tried again. */
final class Backoff {
  /** There is no further attempt. */
  static final long GIVE_UP = -1;

  private Backoff() {}

  /**
   * The delay before the next attempt.
   *
   * @param failed attempts made, all failed
   * @param random between 0 and 1
   * @param elapsed microseconds since the first attempt began
   * @return microseconds, or {@link #GIVE_UP}
   */
  static long next(
      Retry policy, int failed, String code, boolean retryable, double random, long elapsed) {
    if (failed >= policy.maxAttempts() || !covers(policy, code, retryable)) {
      return GIVE_UP;
    }
    long delay = jittered(policy.jitter(), envelope(policy, failed), random);
    boolean late = policy.maxElapsed() != null && elapsed + delay > Run.micros(policy.maxElapsed());
    return late ? GIVE_UP : delay;
  }

  private static boolean covers(Retry policy, String code, boolean retryable) {
    if (matches(policy.giveUpOn(), code)) {
      return false;
    }
    return policy.retryOn().isEmpty() ? retryable : matches(policy.retryOn(), code);
  }

  static boolean matches(List<String> patterns, String code) {
    for (String pattern : patterns) {
      boolean open = pattern.endsWith("*");
      if (open
          ? code.startsWith(pattern.substring(0, pattern.length() - 1))
          : code.equals(pattern)) {
        return true;
      }
    }
    return false;
  }

  /** The delay before jitter, in microseconds; never above the cap. */
  static long envelope(Retry policy, int failed) {
    long cap = Run.micros(policy.maxDelay());
    double factor =
        switch (policy.strategy()) {
          case FIXED -> 1;
          case LINEAR -> failed;
          case EXPONENTIAL -> Math.pow(2, failed - 1);
          case FIBONACCI -> fibonacci(failed);
        };
    return (long) Math.min((double) cap, Run.micros(policy.delay()) * factor);
  }

  private static double fibonacci(int n) {
    double a = 0;
    double b = 1;
    for (int i = 1; i < n && b < Long.MAX_VALUE; i++) {
      double sum = a + b;
      a = b;
      b = sum;
    }
    return b;
  }

  private static long jittered(Retry.Jitter jitter, long delay, double random) {
    long half = delay / 2;
    return switch (jitter) {
      case NONE -> delay;
      case EQUAL -> half + (long) (half * random);
      case FULL -> (long) (delay * random);
    };
  }
}
