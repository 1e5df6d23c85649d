package io.flowforge.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT-1S, 0 ms",
    "PT0.000004S, 0 ms",
    "PT0.00012S, 0.12 ms",
    "PT0.001S, 1 ms",
    "PT0.00999S, 9.99 ms",
    "PT0.0123S, 12.3 ms",
    "PT0.34S, 340 ms",
    "PT0.9994S, 999 ms",
    "PT0.9996S, 1 s",
    "PT1.204S, 1.2 s",
    "PT59.96S, 60 s",
    "PT1M5.5S, 1 min 5 s",
    "PT2M, 2 min",
    "PT3H10M59S, 3 h 10 min",
    "P2DT3H, 2 d 3 h",
    "P3650D, 3650 d",
  })
  void are_written_for_people(Duration duration, String text) {
    assertThat(Spans.text(duration)).isEqualTo(text);
  }
}
