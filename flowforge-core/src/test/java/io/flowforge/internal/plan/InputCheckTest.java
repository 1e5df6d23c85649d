package io.flowforge.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Flow;
import io.flowforge.flow.Input;
import io.flowforge.flow.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputCheckTest {
  private final Flow flow =
      Flow.builder("f")
          .node("a", "echo")
          .input("text", Input.required(Input.Type.STRING))
          .input("count", Input.of(Input.Type.INTEGER).withDefault(4))
          .input("colour", new Input(Input.Type.STRING, false, null, null, List.of("red", "green")))
          .input("level", new Input(Input.Type.NUMBER, false, null, null, List.of(1, 2.5)))
          .input("free", Input.required(Input.Type.ANY))
          .build();

  @Test
  void defaults_are_filled_in_and_what_is_optional_stays_absent() {
    InputCheck check = InputCheck.of(flow, Map.of("free", true, "text", "x"));
    assertThat(check.problems()).isEmpty();
    assertThat(check.values()).hasToString("{text=x, count=4, free=true}");
  }

  @Test
  void every_problem_is_told_with_its_place() {
    InputCheck check =
        InputCheck.of(flow, Map.of("count", "5", "colour", "blue", "texd", 1, "level", 2));
    assertThat(check.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "FF-INPUT at /inputs/colour: input \"colour\" must be one of \"red\", \"green\", was"
                + " \"blue\".",
            "FF-INPUT at /inputs/count: input \"count\" must be of type integer, was \"5\".",
            "FF-INPUT at /inputs/free: input \"free\" is required, of type any.",
            "FF-INPUT at /inputs/level: input \"level\" must be one of 1, 2.5, was 2.",
            "FF-INPUT at /inputs/texd: input \"texd\" is not declared by the flow. Did you mean"
                + " \"text\"?",
            "FF-INPUT at /inputs/text: input \"text\" is required, of type string.");
  }

  @Test
  void a_whole_number_is_an_integer_however_it_is_written() {
    for (Number whole : List.of(1, 1L, 1.0, 1e20, new BigInteger("9".repeat(30)))) {
      assertThat(problems("count", whole)).as("%s", whole).isEmpty();
    }
    for (Number broken : List.of(1.5, new BigDecimal("1.000000000000000005"))) {
      assertThat(problems("count", broken)).as("%s", broken).hasSize(1);
    }
    assertThat(problems("level", 1.0)).isEmpty();
  }

  @Test
  void null_is_taken_by_what_is_optional_and_by_any() {
    assertThat(problems("count", null)).isEmpty();
    assertThat(problems("free", null)).isEmpty();
    assertThat(problems("text", null)).hasSize(1);
  }

  @Test
  void an_empty_declaration_takes_nothing_and_no_declaration_takes_all() {
    Flow none = Flow.builder("f").node("a", "echo").inputs(Map.of()).build();
    Flow any = Flow.builder("f").node("a", "echo").build();
    assertThat(InputCheck.of(none, Map.of("x", 1)).problems()).hasSize(1);
    assertThat(InputCheck.of(any, Map.of("x", 1)).values()).isEqualTo(Map.of("x", 1));
  }

  private List<Problem> problems(String name, Object value) {
    Map<String, Object> given = new java.util.HashMap<>(Map.of("text", "x", "free", 1));
    given.putAll(Collections.singletonMap(name, value));
    return InputCheck.of(flow, given).problems();
  }
}
