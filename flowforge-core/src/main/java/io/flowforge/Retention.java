package io.flowforge;

import io.flowforge.execution.ExecutionStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How long ended executions are kept in a store before the engine deletes them. Immutable; every
 * {@code with} method returns a changed copy.
 *
 * @param ages by final status how long ago an execution must have ended; statuses that are not
 *     named are kept for good
 * @param interval how often is looked, default 1 min
 */
public record Retention(Map<ExecutionStatus, Duration> ages, Duration interval) {
  /** Checks and copies. */
  public Retention {
    ages = Map.copyOf(ages);
    Objects.requireNonNull(interval, "interval");
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval must be longer than zero, was " + interval);
    }
    ages.forEach(
        (status, age) -> {
          if (!status.isFinal() || age.isNegative()) {
            throw new IllegalArgumentException(
                "an age must be of a final status and 0 or more, was " + status + " " + age);
          }
        });
  }

  /**
   * Keeps executions of some final statuses for so long.
   *
   * @param ages ages by status
   * @return the retention
   */
  public static Retention of(Map<ExecutionStatus, Duration> ages) {
    return new Retention(ages, Duration.ofMinutes(1));
  }

  /**
   * Keeps executions of a final status for so long.
   *
   * @param status a final status
   * @param age 0 or more
   * @return the retention
   */
  public static Retention of(ExecutionStatus status, Duration age) {
    return of(Map.of(status, age));
  }

  /**
   * A copy with the age of one more status.
   *
   * @param status a final status
   * @param age 0 or more
   * @return the copy
   */
  public Retention with(ExecutionStatus status, Duration age) {
    Map<ExecutionStatus, Duration> all = new EnumMap<>(ExecutionStatus.class);
    all.putAll(ages);
    all.put(status, age);
    return new Retention(all, interval);
  }

  /**
   * A copy that looks more or less often.
   *
   * @param every longer than zero
   * @return the copy
   */
  public Retention withInterval(Duration every) {
    return new Retention(ages, every);
  }
}
