package io.flowforge.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Corpora;
import io.flowforge.FlowForgeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void objects_keep_the_order_of_the_text() {
    assertThat(Json.parse("{\"b\":1,\"a\":[true,null,\"x\"]}"))
        .hasToString("{b=1, a=[true, null, x]}");
  }

  @Test
  void whole_numbers_take_the_smallest_type_that_holds_them() {
    assertThat(Json.parse("[5,-0,2147483648,9223372036854775808]"))
        .isEqualTo(List.of(5, 0, 2147483648L, new BigInteger("9223372036854775808")));
  }

  @Test
  void numbers_with_a_fraction_keep_their_written_value() {
    assertThat(Json.parse("[0.1,1.0,1e3,1.000000000000000005,2e23,-0.0]"))
        .isEqualTo(List.of(0.1, 1.0, 1000.0, new BigDecimal("1.000000000000000005"), 2e23, -0.0));
  }

  @Test
  void a_number_too_precise_for_a_long_or_double_comes_out_as_it_went_in() {
    String text = "[9007199254740993,123456789012345678901234567890,0.12345678901234567891]";
    assertThat(Json.write(Json.parse(text))).isEqualTo(text);
  }

  @Test
  void results_cannot_be_changed() {
    Map<?, ?> value = (Map<?, ?>) Json.parse("{\"a\":[1]}");
    assertThatThrownBy(value::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(((List<?>) value.get("a"))::clear)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                  | FF-JSON-SYNTAX        | empty
          ` `                 | FF-JSON-SYNTAX        | empty
          {"a":1} x           | FF-JSON-SYNTAX        | line 1, column 9
          {}{}                | FF-JSON-SYNTAX        | goes on after its end
          {"a":1              | FF-JSON-SYNTAX        | ends too early
          {'a':1}             | FF-JSON-SYNTAX        | double quotes
          [1,]                | FF-JSON-SYNTAX        | comma
          [1 /* c */]         | FF-JSON-SYNTAX        | comments
          [tru]               | FF-JSON-SYNTAX        | not valid JSON
          {"a":1,"b":2,"a":3} | FF-JSON-DUPLICATE-KEY | "a" stands twice
          [NaN]               | FF-JSON-NUMBER        | NaN
          [-Infinity]         | FF-JSON-NUMBER        | Infinity
          [0x10]              | FF-JSON-NUMBER        | 0x10
          [01]                | FF-JSON-NUMBER        | 01
          [1.]                | FF-JSON-NUMBER        | 1.
          [.5]                | FF-JSON-NUMBER        | .5
          [+1]                | FF-JSON-NUMBER        | +1
          [1e309]             | FF-JSON-NUMBER        | exponent
          [1e999999999]       | FF-JSON-NUMBER        | exponent
          [1e-99999999999999] | FF-JSON-NUMBER        | exponent
          ["\\ud800"]         | FF-JSON-STRING        | surrogate
          """)
  void bad_text_is_refused_with_its_code_and_place(String text, String code, String says) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOfSatisfying(
            FlowForgeException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(says)
        .message()
        .doesNotContain("jackson", "Exception", "StreamRead")
        .hasSizeLessThan(513);
  }

  @Test
  void a_number_of_more_than_100_digits_is_refused() {
    assertThat(Json.parse("9".repeat(100))).isEqualTo(new BigInteger("9".repeat(100)));
    refused("9".repeat(101), "FF-JSON-NUMBER");
    refused("0." + "9".repeat(1000), "FF-JSON-NUMBER");
  }

  @Test
  void nesting_is_bounded_and_never_overflows_the_stack() {
    assertThat(Json.parse("[".repeat(64) + "]".repeat(64))).isNotNull();
    for (int depth : new int[] {65, 1001, 10_000, 1_000_000}) {
      refused("[".repeat(depth), "FF-JSON-DEPTH");
      refused("{\"k\":".repeat(depth), "FF-JSON-DEPTH");
    }
  }

  @Test
  void strings_and_texts_are_bounded() {
    Json.Limits small = new Json.Limits(20, 5, 5);
    assertThat(Json.parse("\"12345\"", small)).isEqualTo("12345");
    assertThatThrownBy(() -> Json.parse("\"123456\"", small)).hasMessageContaining("5 characters");
    assertThatThrownBy(() -> Json.parse(" ".repeat(21), small)).hasMessageContaining("20 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void other_encodings_are_refused(String charset) {
    byte[] bytes = "{\"a\":1}".getBytes(java.nio.charset.Charset.forName(charset));
    assertThatThrownBy(() -> Json.parse(bytes)).hasMessageContaining("UTF-8");
  }

  @Test
  void a_byte_order_mark_is_skipped_and_invalid_bytes_are_refused() {
    assertThat(Json.parse(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '5'})).isEqualTo(5);
    for (byte[] bad :
        new byte[][] {
          {'"', (byte) 0xFF, '"'}, {'"', (byte) 0xC0, (byte) 0x80, '"'}, {'"', (byte) 0xC3, '"'}
        }) {
      assertThatThrownBy(() -> Json.parse(bad)).hasMessageContaining("byte 1 is not valid UTF-8");
    }
  }

  @Test
  void equal_values_give_equal_text() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "a\"b\n\u2028é😀");
    value.put("numbers", List.of(1, 2L, 3.0, 2e23, 1e-7f, new BigDecimal("1.50")));
    value.put("none", null);
    value.put("times", List.of(Instant.ofEpochSecond(0, 1500), Duration.ofSeconds(90)));
    value.put("unit", TimeUnit.DAYS);
    assertThat(Json.write(value))
        .isEqualTo(
            "{\"text\":\"a\\\"b\\n\u2028é😀\",\"numbers\":[1,2,3.0,2.0E23,1.0E-7,1.50],\"none\":null,"
                + "\"times\":[\"1970-01-01T00:00:00.000001Z\",\"PT1M30S\"],\"unit\":\"DAYS\"}");
  }

  @Test
  void pretty_text_has_a_line_per_element() {
    assertThat(Json.writePretty(Json.parse("{\"a\":[1,{}],\"b\":[]}")))
        .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
  }

  @Test
  void what_has_no_form_in_json_is_refused_with_its_place() {
    for (Object odd : Arrays.asList(Double.NaN, Secret.of("x"), new Object(), Map.of(1, 2))) {
      assertThatThrownBy(() -> Json.write(Map.of("a", List.of(odd))))
          .isInstanceOf(FlowForgeException.class)
          .hasMessageContaining("/a/0");
    }
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(cyclic);
    assertThatThrownBy(() -> Json.write(cyclic)).hasMessageContaining("hold itself");
  }

  @Test
  void half_surrogates_from_java_code_are_written_as_replacement_characters() {
    assertThat(Json.write("a\uD800b\uDC00😀")).isEqualTo("\"a\uFFFDb\uFFFD😀\"");
  }

  @Test
  void the_json_parsing_corpus_is_accepted_and_refused_as_its_names_say() {
    for (var file : Corpora.files("json-parsing", ".json")) {
      String name = file.getFileName().toString();
      boolean accepted = accepts(Corpora.bytes(file));
      if (name.startsWith("n_")) {
        assertThat(accepted).as(name).isFalse();
      } else if (name.startsWith("y_")) {
        assertThat(accepted).as(name).isEqualTo(!name.contains("duplicated_key"));
      }
    }
  }

  @Test
  void naughty_strings_come_out_as_they_went_in() {
    for (var file : Corpora.files("naughty-strings", "blns.json")) {
      Object strings = Json.parse(Corpora.bytes(file));
      assertThat((List<?>) strings).hasSizeGreaterThan(500);
      assertThat(Json.parse(Json.bytes(strings))).isEqualTo(strings);
      assertThat(Json.parse(Json.writePretty(strings))).isEqualTo(strings);
    }
  }

  private static boolean accepts(byte[] bytes) {
    try {
      Json.parse(bytes);
      return true;
    } catch (FlowForgeException refusal) {
      assertThat(refusal.code()).startsWith("FF-JSON-");
      assertThat(refusal.getMessage()).doesNotContain("jackson", "Exception");
      return false;
    }
  }

  private static void refused(String text, String code) {
    assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            FlowForgeException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
