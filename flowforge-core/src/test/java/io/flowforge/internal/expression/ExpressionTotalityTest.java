package io.flowforge.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text and whatever the data: a plain value or an error of ours, twice the same. */
final class ExpressionTotalityTest {

  private static final int ROUNDS = 3_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void random_expressions_over_random_data_end_in_a_value_or_a_named_error(long seed) {
    RandomSource random = new RandomSource(seed);
    int values = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Data data = data(random);
      String source = random.expression(1 + i % 5);
      String outcome = outcome(source, data);
      if (!outcome(source, data).equals(outcome)) {
        throw new AssertionError("differs when evaluated again: " + source);
      }
      values += outcome.startsWith("FF-") ? 0 : 1;
    }
    assertThat(values).as("expressions that gave a value").isGreaterThan(ROUNDS / 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void damaged_expressions_and_random_tokens_end_in_a_value_or_a_named_error(long seed) {
    RandomSource random = new RandomSource(seed);
    Data data = data(random);
    for (int i = 0; i < ROUNDS; i++) {
      String source = i % 2 == 0 ? random.soup() : random.damaged(random.expression(3));
      ends(outcome(source, data));
      ends(templateOutcome("a ${" + source + "} b", data));
      ends(templateOutcome(source, data));
    }
  }

  @Test
  void every_function_withstands_every_kind_of_argument() {
    Data data = data(new RandomSource(7));
    List<String> arguments =
        List.of(
            "null",
            "1",
            "-1",
            "2.5",
            "1e308",
            "9223372036854775807",
            "''",
            "'a'",
            "'2026-01-31'",
            "true",
            "[]",
            "[1]",
            "[null]",
            "['a', 1]",
            "[[1]]",
            "{}",
            "{'a': null}",
            "'('",
            "fetch");
    for (FunctionSummary function : Expressions.functions()) {
      for (String first : arguments) {
        for (String second : arguments) {
          List<String> calls =
              List.of(
                  function.name() + "(" + first + ")",
                  function.name() + "(" + first + ", " + second + ")",
                  function.name() + "(" + first + ", " + second + ", " + second + ")",
                  function.name() + "(" + second + ", " + second + ", " + first + ")");
          calls.forEach(call -> ends(outcome(call, data)));
        }
      }
    }
  }

  /** Any other exception, or a value that is not plain, fails the test. */
  private static void ends(String outcome) {
    if (outcome.length() > 2 * Limits.RESULT) {
      throw new AssertionError("a result of " + outcome.length() + " characters");
    }
  }

  private static Data data(RandomSource random) {
    return Data.none()
        .root("inputs", Data.map("a", random.value(2), "b", List.of(1, 2, 3), "c", random.value(3)))
        .root("vars", random.value(1))
        .node("fetch", random.value(2))
        .node("node-1", random.value(1));
  }

  private static String outcome(String source, Data data) {
    try {
      return shown(Expressions.compile(source, data).evaluate(data.again()), 0);
    } catch (ExpressionException failure) {
      return failure.code().code() + checked(failure);
    }
  }

  private static String templateOutcome(String template, Data data) {
    try {
      return shown(Expressions.compileTemplate(template, data).resolve(data.again()), 0);
    } catch (ExpressionException failure) {
      return failure.code().code() + checked(failure);
    }
  }

  private static String checked(ExpressionException failure) {
    for (ExpressionProblem problem : failure.problems()) {
      boolean sound =
          problem.line() > 0 && problem.column() > 0 && problem.message().length() <= 512;
      if (!sound || problem.message().isBlank()) {
        throw new AssertionError("not a sound problem: " + problem);
      }
    }
    return failure.getMessage();
  }

  /** A plain value as text; whatever is not plain fails. */
  private static String shown(@Nullable Object value, int depth) {
    if (value instanceof List<?> list) {
      StringBuilder text = new StringBuilder("[");
      list.forEach(element -> text.append(shown(element, depth + 1)).append(','));
      return text.append(']').toString();
    }
    if (value instanceof Map<?, ?> map) {
      StringBuilder text = new StringBuilder("{");
      map.forEach((key, element) -> text.append(key).append(shown(element, depth + 1)));
      return text.append('}').toString();
    }
    boolean plain =
        value == null
            || value instanceof String
            || value instanceof Number
            || value instanceof Boolean;
    if (!plain || depth > Limits.VALUE_DEPTH + 64) {
      throw new AssertionError("not a plain value: " + value);
    }
    return String.valueOf(value);
  }
}
