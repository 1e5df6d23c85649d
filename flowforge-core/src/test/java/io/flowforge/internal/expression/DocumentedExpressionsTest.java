package io.flowforge.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads docs/expressions.md and holds the language to what stands there. */
final class DocumentedExpressionsTest {

  private static final Path PAGE = Path.of("../docs/expressions.md");

  @ParameterizedTest
  @MethodSource("templates")
  void a_template_gives_what_the_page_says(String template, String expected) {
    assertThat(data().resolve(template)).isEqualTo(Json.parse(expected));
  }

  static Stream<String[]> templates() {
    return rows("| string | its value |");
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void an_expression_gives_what_the_page_says(String expression, String expected) {
    assertThat(outcome(expression)).isEqualTo(expected(expected));
  }

  static Stream<String[]> expressions() {
    return Stream.of(
            rows("| expression | its value |"),
            rows("| expression | error |"),
            rows("| function | gives | example | its value |")
                .map(row -> new String[] {row[2], row[3]}))
        .flatMap(rows -> rows);
  }

  @Test
  void the_page_lists_every_function_with_its_summary() {
    List<String> listed =
        rows("| function | gives | example | its value |")
            .map(row -> row[0] + " | " + row[1])
            .toList();
    assertThat(listed)
        .isEqualTo(
            Expressions.functions().stream()
                .map(each -> each.signature() + " | " + each.summary())
                .toList());
  }

  @Test
  void the_page_lists_every_error() {
    List<String> listed = rows("| code | found | meaning |").map(row -> row[0]).sorted().toList();
    assertThat(listed)
        .isEqualTo(Stream.of(ExpressionCode.values()).map(ExpressionCode::code).sorted().toList());
  }

  @Test
  void every_example_of_a_function_calls_it() {
    assertThat(rows("| function | gives | example | its value |"))
        .allSatisfy(
            row -> assertThat(row[2]).contains(row[0].substring(0, row[0].indexOf('(') + 1)));
  }

  private static Object expected(String text) {
    return text.startsWith("FF-") ? text : String.valueOf(Json.parse(text));
  }

  private static Object outcome(String expression) {
    try {
      return String.valueOf(data().value(expression));
    } catch (ExpressionException failure) {
      return failure.code().code();
    }
  }

  private static Data data() {
    String page = page();
    int start = page.indexOf("```json") + "```json".length();
    Object inputs = Json.parse(page.substring(start, page.indexOf("```", start)));
    return Data.none()
        .root("inputs", inputs)
        .node(
            "fetch",
            Json.parse("{\"status\": 200, \"body\": {\"lines\": [{\"text\": \"hello\"}]}}"))
        .node("node-1", Map.of("message", "hi", "v", 10));
  }

  private static Stream<String[]> rows(String header) {
    List<String> lines = page().lines().toList();
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals(header)) {
        for (int row = i + 2; row < lines.size() && lines.get(row).startsWith("|"); row++) {
          rows.add(cells(lines.get(row)));
        }
      }
    }
    assertThat(rows).as("rows under %s", header).isNotEmpty();
    return rows.stream();
  }

  private static String[] cells(String line) {
    String[] cells = line.substring(2, line.length() - 2).split(" \\| ");
    for (int i = 0; i < cells.length; i++) {
      boolean whole = cells[i].matches("`[^`]*`");
      cells[i] = whole ? cells[i].substring(1, cells[i].length() - 1) : cells[i];
      cells[i] = cells[i].replace("\\|", "|");
    }
    return cells;
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new AssertionError("docs/expressions.md cannot be read", e);
    }
  }
}
