package io.flowforge.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShownTest {
  static Stream<Arguments> invisible() {
    return Stream.of(
        Arguments.of("line\nfeed", "line\\u000afeed"),
        Arguments.of("nul\0", "nul\\u0000"),
        Arguments.of("right\u202eto left", "right\\u202eto left"),
        Arguments.of("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        Arguments.of("hard\u00a0space", "hard\\u00a0space"),
        Arguments.of("paragraph\u2029", "paragraph\\u2029"),
        Arguments.of("half\ud83d", "half\\ud83d"),
        Arguments.of("tag\udb40\udc41", "tag\\udb40\\udc41"),
        Arguments.of("filler\u3164", "filler\\u3164"),
        Arguments.of("grüße 😀 漢字", "grüße 😀 漢字"));
  }

  @ParameterizedTest
  @MethodSource("invisible")
  void makes_invisible_characters_visible(String text, String shown) {
    assertThat(Shown.value(text)).isEqualTo(shown);
  }

  @Test
  void cuts_long_text_between_characters() {
    assertThat(Shown.value("😀".repeat(100))).isEqualTo("😀".repeat(64) + "…");
    assertThat(Shown.value("x".repeat(64))).isEqualTo("x".repeat(64));
  }

  @Test
  void quotes_only_text() {
    assertThat(Shown.quoted("a")).isEqualTo("\"a\"");
    assertThat(Shown.quoted(5)).isEqualTo("5");
    assertThat(Shown.quoted(null)).isEqualTo("null");
    assertThat(Shown.quoted(new BigDecimal("1E+999999999"))).isEqualTo("1E+999999999");
  }

  @Test
  void tells_only_the_kind_of_anything_larger() {
    assertThat(Shown.value(Map.of("password", "x"))).isEqualTo("an object");
    assertThat(Shown.value(List.of(1, 2))).isEqualTo("a list of 2");
    assertThat(Shown.value(Map.of())).isEqualTo("an empty object");
    assertThat(Shown.value(new Object())).isEqualTo("a value of Object");
  }
}
