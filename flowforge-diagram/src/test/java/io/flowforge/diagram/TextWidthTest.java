package io.flowforge.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextWidthTest {
  @Test
  void wide_letters_are_wider_than_narrow_ones() {
    assertThat(TextWidth.SMALL.of("mmm")).isGreaterThan(2 * TextWidth.SMALL.of("iii"));
    assertThat(TextWidth.TITLE.of("a")).isGreaterThan(TextWidth.SMALL.of("a"));
    assertThat(TextWidth.SMALL.of("漢字")).isGreaterThan(TextWidth.SMALL.of("ab"));
    assertThat(TextWidth.SMALL.of("")).isZero();
  }

  @Test
  void text_is_cut_where_it_no_longer_fits() {
    assertThat(TextWidth.SMALL.cut("short", 100)).isEqualTo("short");
    String cut = TextWidth.SMALL.cut("a rather long name for a node", 100);
    assertThat(cut).startsWith("a rather").endsWith("…");
    assertThat(TextWidth.SMALL.of(cut)).isLessThanOrEqualTo(100);
    assertThat(TextWidth.SMALL.cut("😀".repeat(50), 60)).matches("(😀)+…");
  }

  @Test
  void text_loses_what_xml_forbids_and_what_turns_it_around() {
    assertThat(SvgText.visible("a\0b\nc\u202ed\ud83d")).isEqualTo("a\ufffdb cd\ufffd");
    assertThat(SvgText.visible("x".repeat(1_000))).hasSize(400);
  }

  @Test
  void numbers_have_one_decimal_at_most() {
    SvgText svg = new SvgText().number(1).raw(" ").number(-0.25).raw(" ").number(10.04);
    assertThat(svg).hasToString("1 -0.2 10");
  }
}
