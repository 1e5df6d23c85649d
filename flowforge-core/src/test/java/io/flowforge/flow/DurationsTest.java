package io.flowforge.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S, 250ms",
    "5s, PT5S, 5s",
    "10m, PT10M, 10m",
    "2h, PT2H, 2h",
    "7d, PT168H, 7d",
    "0s, PT0S, 0s",
    "0ms, PT0S, 0s",
    "60000ms, PT1M, 1m",
    "90s, PT1M30S, 90s",
    "1h30m, PT1H30M, 90m",
    "1d2h3m4s5ms, PT26H3M4.005S, 93784005ms",
    "1.5s, PT1.5S, 1500ms",
    "0.5ms, PT0.0005S, PT0.0005S",
    "PT1M30S, PT1M30S, 90s",
    "pt1s, PT1S, 1s",
    "P2DT1H, PT49H, 49h",
    "PT0.25S, PT0.25S, 250ms",
    "3650d, PT87600H, 3650d"
  })
  void both_forms_are_read_and_the_shortest_is_written(String text, Duration value, String again) {
    assertThat(Durations.parse(text)).isEqualTo(value);
    assertThat(Durations.text(value)).isEqualTo(again);
    assertThat(Durations.parse(again)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "5 s",
        "5 parsecs",
        "soon",
        "ten minutes",
        "P",
        "PT",
        "-5s",
        "PT-5S",
        "-PT5S",
        "1s1h",
        "5S5",
        "1e3s",
        ".5s",
        "5.s",
        "٣s",
        "P1Y",
        "P1M",
        "P1000000000Y",
        "PT87600H1S",
        "3651d",
        "999999999999d",
        "99999999999999d",
        "PT99999999999999999999S",
        "1w",
        "1m s"
      })
  void what_is_no_duration_is_refused_with_its_text(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessageContaining('"' + text + '"');
  }
}
