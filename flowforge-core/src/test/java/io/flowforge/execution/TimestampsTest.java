package io.flowforge.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimestampsTest {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void writes_every_moment_of_ten_thousand_years_as_the_formatter_does() {
    SplittableRandom random = new SplittableRandom(7);
    long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    for (int i = 0; i < 100_000; i++) {
      long micros = random.nextLong(first, last + 1) * 1_000_000L + random.nextInt(1_000_000);
      String expected = FORMAT.format(Timestamps.ofMicros(micros));
      assertThat(Timestamps.text(micros)).isEqualTo(expected);
      assertThat(Timestamps.text(Timestamps.ofMicros(micros))).isEqualTo(expected);
    }
  }

  @Test
  void writes_leap_days_and_the_epoch() {
    assertThat(Timestamps.text(0)).isEqualTo("1970-01-01T00:00:00.000000Z");
    assertThat(Timestamps.text(-1)).isEqualTo("1969-12-31T23:59:59.999999Z");
    assertThat(Timestamps.text(Instant.parse("2024-02-29T12:34:56.789012Z")))
        .isEqualTo("2024-02-29T12:34:56.789012Z");
  }

  @Test
  void leaves_far_years_to_the_instant() {
    assertThat(Timestamps.text(Instant.MAX)).isEqualTo(Instant.MAX.toString());
  }
}
