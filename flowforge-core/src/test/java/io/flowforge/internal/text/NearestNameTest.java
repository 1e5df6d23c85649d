package io.flowforge.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {
  private static final List<String> KNOWN =
      List.of(
          "customer",
          "conditional",
          "dependsOn",
          "timeout",
          "maxAttempts",
          "string",
          "continue",
          "exponential",
          "echo",
          "http-request",
          "fetch",
          "if",
          "true",
          "false",
          "main",
          "set");

  @ParameterizedTest
  @CsvSource({
    "condtional, conditional",
    "custmer, customer",
    "dependOn, dependsOn",
    "timeOut, timeout",
    "timeuot, timeout",
    "maxAttempt, maxAttempts",
    "strnig, string",
    "contineu, continue",
    "exponental, exponential",
    "ecko, echo",
    "HTTP_Request, http-request",
    "fetched, fetch",
    "IF, if",
    "ture, true",
    "mian, main",
  })
  void finds_the_name_that_was_meant(String wrong, String meant) {
    assertThat(NearestName.of(wrong, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "is", "zzzzqqqq", "nope", "system", "sit-down", "çççççççç"})
  void stays_silent_when_all_names_are_far(String wrong) {
    assertThat(NearestName.of(wrong, KNOWN)).isEmpty();
    assertThat(NearestName.hint(wrong, KNOWN)).isEmpty();
  }

  @Test
  void prefers_the_nearest_then_the_first() {
    assertThat(NearestName.of("node-12", List.of("node-34", "node-11", "node-13")))
        .contains("node-11");
  }

  @Test
  void ends_a_message_with_a_question() {
    assertThat(NearestName.hint("custmer", KNOWN)).isEqualTo(" Did you mean \"customer\"?");
    assertThat(NearestName.hint(null, KNOWN)).isEmpty();
  }

  @Test
  void gives_up_early_on_very_long_names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      names.add("x".repeat(100_000) + i);
    }
    assertThat(NearestName.of("x".repeat(100_001), names)).isEmpty();
  }
}
