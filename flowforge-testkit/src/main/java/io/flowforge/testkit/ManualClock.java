package io.flowforge.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Shows manual time in a zone. */
final class ManualClock extends Clock {
  private final ManualTime time;
  private final ZoneId zone;

  ManualClock(ManualTime time) {
    this(time, ZoneOffset.UTC);
  }

  private ManualClock(ManualTime time, ZoneId zone) {
    this.time = time;
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new ManualClock(time, other);
  }

  @Override
  public Instant instant() {
    return time.now();
  }
}
