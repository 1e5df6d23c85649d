package io.flowforge.internal.control;

import io.flowforge.spi.ActionException;
import io.flowforge.spi.Doc;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Config of {@code wait}. */
public record WaitConfig(
    @Doc("How long to wait.") @Nullable Duration duration,
    @Doc("Until when to wait, as an ISO-8601 instant.") @Nullable Instant until) {

  private static final long LAST_MICROS = 253_402_300_799_999_999L;

  /** Checks that there is just one of both. */
  public WaitConfig {
    if ((duration == null) == (until == null)) {
      throw new IllegalArgumentException("wait needs either duration or until");
    }
    if (duration != null && duration.isNegative()) {
      throw new IllegalArgumentException("duration must not be negative, was " + duration);
    }
  }

  /** When the wait ends, in microseconds since 1970. */
  public long untilMicros(long fromMicros) {
    if (duration != null) {
      long seconds = Math.min(duration.getSeconds(), LAST_MICROS / 1_000_000L);
      return checked(fromMicros + seconds * 1_000_000L + duration.getNano() / 1000);
    }
    Instant end = until == null ? Instant.EPOCH : until;
    if (end.getEpochSecond() > LAST_MICROS / 1_000_000L) {
      throw late();
    }
    return Math.max(fromMicros, end.getEpochSecond() * 1_000_000L + end.getNano() / 1000);
  }

  private static long checked(long micros) {
    if (micros > LAST_MICROS) {
      throw late();
    }
    return micros;
  }

  private static ActionException late() {
    return ActionException.permanent("FF-WAIT-RANGE", "a wait must end before the year 10000");
  }
}
