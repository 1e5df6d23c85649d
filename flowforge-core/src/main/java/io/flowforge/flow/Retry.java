package io.flowforge.flow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often and how fast a failed node is tried again.
 *
 * <p>Without a policy a node is tried once. The policy itself, asked for with nothing else said, is
 * exponential with 3 attempts, 1 s, cap 60 s and full jitter. Immutable.
 *
 * @param strategy how the delay grows
 * @param maxAttempts tries in all, the first included; 1 to 1,000,000
 * @param delay delay before the second attempt, and the unit of growth; 0 or longer
 * @param maxDelay the longest delay
 * @param jitter how the delay is spread at random
 * @param maxElapsed no attempt begins later than this after the first began; null is no bound
 * @param retryOn error codes to try again on, {@code *} at the end matches any rest; empty is all
 *     that are retryable
 * @param giveUpOn error codes never to try again on; wins over {@code retryOn}
 */
public record Retry(
    Strategy strategy,
    int maxAttempts,
    Duration delay,
    Duration maxDelay,
    Jitter jitter,
    @Nullable Duration maxElapsed,
    List<String> retryOn,
    List<String> giveUpOn) {

  /** The largest {@code maxAttempts}. */
  public static final int MAX_ATTEMPTS = 1_000_000;

  /** How the delay grows from one attempt to the next. */
  public enum Strategy {
    /** Always {@code delay}. */
    FIXED,
    /** {@code delay} times 1, 2, 3, … */
    LINEAR,
    /** {@code delay} times 1, 2, 4, … */
    EXPONENTIAL,
    /** {@code delay} times 1, 1, 2, 3, 5, … */
    FIBONACCI
  }

  /**
   * How a delay d is spread at random, so that many failures do not return at one moment.
   *
   * @see <a
   *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
   *     Backoff and Jitter</a>
   */
  public enum Jitter {
    /** Exactly d. */
    NONE,
    /** Between d/2 and d. */
    EQUAL,
    /** Between 0 and d. */
    FULL
  }

  /** Checks the bounds and copies the lists. */
  public Retry {
    Checks.atLeast("retry.maxAttempts", maxAttempts, 1);
    if (maxAttempts > MAX_ATTEMPTS) {
      throw new IllegalArgumentException(
          "retry.maxAttempts must be <= " + MAX_ATTEMPTS + ", was " + maxAttempts);
    }
    Checks.notNegative("retry.delay", delay);
    Checks.notNegative("retry.maxDelay", maxDelay);
    if (maxElapsed != null) {
      Checks.positive("retry.maxElapsed", maxElapsed);
    }
    retryOn = List.copyOf(retryOn);
    giveUpOn = List.copyOf(giveUpOn);
  }

  /**
   * The default policy.
   *
   * @return exponential, 3 attempts, 1 s, cap 60 s, full jitter
   */
  public static Retry create() {
    return builder().build();
  }

  /**
   * A policy with a constant delay and no jitter.
   *
   * @param maxAttempts tries in all
   * @param delay the delay between them
   * @return the policy
   */
  public static Retry fixed(int maxAttempts, Duration delay) {
    return builder()
        .strategy(Strategy.FIXED)
        .maxAttempts(maxAttempts)
        .delay(delay)
        .jitter(Jitter.NONE)
        .build();
  }

  /**
   * Begins a policy with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts of a {@link Retry}; not thread-safe. */
  public static final class Builder {
    private Strategy strategy = Strategy.EXPONENTIAL;
    private int maxAttempts = 3;
    private Duration delay = Duration.ofSeconds(1);
    private Duration maxDelay = Duration.ofSeconds(60);
    private Jitter jitter = Jitter.FULL;
    private @Nullable Duration maxElapsed;
    private List<String> retryOn = List.of();
    private List<String> giveUpOn = List.of();

    private Builder() {}

    /**
     * Sets how the delay grows; default exponential.
     *
     * @param value the strategy
     * @return this
     */
    public Builder strategy(Strategy value) {
      strategy = value;
      return this;
    }

    /**
     * Sets the tries in all; default 3.
     *
     * @param value 1 to 1,000,000
     * @return this
     */
    public Builder maxAttempts(int value) {
      maxAttempts = value;
      return this;
    }

    /**
     * Sets the first delay; default 1 s.
     *
     * @param value 0 or longer
     * @return this
     */
    public Builder delay(Duration value) {
      delay = value;
      return this;
    }

    /**
     * Sets the longest delay; default 60 s.
     *
     * @param value 0 or longer
     * @return this
     */
    public Builder maxDelay(Duration value) {
      maxDelay = value;
      return this;
    }

    /**
     * Sets the jitter; default full.
     *
     * @param value the kind of jitter
     * @return this
     */
    public Builder jitter(Jitter value) {
      jitter = value;
      return this;
    }

    /**
     * Sets the total time budget; default none.
     *
     * @param value longer than zero, or null for none
     * @return this
     */
    public Builder maxElapsed(@Nullable Duration value) {
      maxElapsed = value;
      return this;
    }

    /**
     * Sets the error codes to try again on; default all retryable ones.
     *
     * @param codes codes, {@code *} at the end matches any rest
     * @return this
     */
    public Builder retryOn(List<String> codes) {
      retryOn = codes;
      return this;
    }

    /**
     * Sets the error codes never to try again on; default none.
     *
     * @param codes codes, {@code *} at the end matches any rest
     * @return this
     */
    public Builder giveUpOn(List<String> codes) {
      giveUpOn = codes;
      return this;
    }

    /**
     * Makes the policy.
     *
     * @return the policy
     * @throws IllegalArgumentException when a value is out of its bounds
     */
    public Retry build() {
      return new Retry(
          strategy, maxAttempts, delay, maxDelay, jitter, maxElapsed, retryOn, giveUpOn);
    }
  }
}
