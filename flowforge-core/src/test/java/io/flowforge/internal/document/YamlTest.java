package io.flowforge.internal.document;

import static io.flowforge.internal.document.Documents.assertCivil;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Flow;
import io.flowforge.flow.FlowDocument;
import io.flowforge.flow.Problem;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  private static final String NODES = "\nnodes: [{id: a, type: echo}]\n";

  @TempDir private Path folder;

  @Test
  void scalars_follow_the_core_schema_of_yaml_1_2() {
    assertThat(value("[no, on, yes, off, n, y, No]"))
        .isEqualTo(List.of("no", "on", "yes", "off", "n", "y", "No"));
    assertThat(value("[true, False, TRUE]")).isEqualTo(List.of(true, false, true));
    assertThat(value("[~, null, Null, '', \"null\"]"))
        .isEqualTo(Arrays.asList(null, null, null, "", "null"));
    assertThat(value("[1:20, 190:20:30.15, 2026-11-21, 1_000, 0b11, 1.2.3, 0x, -x, 12e, '5']"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasOnlyElementsOfType(String.class);
    assertThat(value("[5, -7, +3, 0o17, 0x1F, 1.5, .5, 5., 1e3, 9007199254740993]"))
        .isEqualTo(List.of(5, -7, 3, 15, 31, 1.5, 0.5, 5.0, 1000.0, 9007199254740993L));
    assertThat(value("123456789012345678901")).isEqualTo(new BigInteger("123456789012345678901"));
  }

  @Test
  void block_scalars_and_quotes_give_their_text() {
    assertThat(value(">-\n    one\n    two")).isEqualTo("one two");
    assertThat(value("|\n    one\n     two")).isEqualTo("one\n two\n");
    assertThat(value("\"a\\tb\\u00e9\\U0001F600\"")).isEqualTo("a\tbé😀");
  }

  @Test
  void keys_are_text_as_written() {
    Object map = value("{no: 1, 5: 2, true: 3, '<<': 4, ~: 5}");
    assertThat(map).hasToString("{no=1, 5=2, true=3, <<=4, ~=5}");
  }

  @Test
  void ports_that_yaml_takes_for_booleans_are_ports() {
    Flow flow =
        Flow.parse(
            "nodes:\n  a: {type: if}\n  b: {type: echo}\nedges:\n  - {from: a, to: b, port: true}\n");
    assertThat(flow.edges().get(0).port()).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          anchor             | v: &a 1               | anchors are not allowed (line 1, column 4)
          alias              | v: *a                 | aliases are not allowed
          anchor on a list   | v: &a [1]             | anchors are not allowed
          merge key          | v: {<<: {b: 1}}       | merge keys are not allowed
          core tag           | v: !!str 5            | tags such as "!!str" are not allowed
          Java tag           | v: !!java.util.Date {} | tags such as "!!java.util.Date" are not
          local tag          | v: !x [1]             | tags such as "!x" are not allowed
          plain tag          | v: ! 5                | tags such as "!" are not allowed
          map as key         | ? [1]\\n: 2          | a key must be text
          two documents      | v: 1\\n---\\nv: 2     | a second one begins
          old version        | %YAML 1.1\\n---\\nv: 1 | directives other than %YAML 1.2
          tag directive      | %TAG !e! tag:x,1:\\n---\\nv: 1 | directives other than
          tab                | v:\\n\\t- 1           | this is not valid YAML
          open list          | v: [1                 | this is not valid YAML
          two colons         | a: b: c               | this is not valid YAML
          NUL                | v: "a\\0"             | this is not valid YAML
          """)
  void b_fd_19_what_json_does_not_have_is_refused(String row, String yaml, String says) {
    String text = yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");
    assertThat(FlowDocument.parse(text).problems())
        .as(row)
        .singleElement()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo("FF-DEF-YAML"))
        .satisfies(problem -> assertThat(problem.message()).contains(says));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          v: {a: 1, a: 2}    | FF-DEF-DUPLICATE-KEY | /v/a
          v: {a: 1, 'a': 2}  | FF-DEF-DUPLICATE-KEY | /v/a
          v: .inf            | FF-DEF-NUMBER        | /v
          v: -.INF           | FF-DEF-NUMBER        | /v
          v: [1, .nan]       | FF-DEF-NUMBER        | /v/1
          v: 1e999999999     | FF-DEF-NUMBER        | /v
          []                 | FF-DEF-SHAPE         | ``
          text               | FF-DEF-SHAPE         | ``
          """)
  void b_fd_19_the_bounds_of_json_hold(String yaml, String code, String path) {
    assertThat(FlowDocument.parse(yaml).problems())
        .extracting(problem -> problem.code() + " " + problem.path())
        .containsExactly((code + " " + path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# only a comment\n", "---\n", "---\n...\n"})
  void an_empty_document_is_no_flow(String yaml) {
    FlowDocument document = Documents.file(folder, "flow.yaml", yaml);
    assertThat(document.problems()).extracting(Problem::code).containsExactly("FF-DEF-SHAPE");
  }

  @Test
  void b_fd_19_bombs_end_early() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [l, l, l, l]\n");
    for (int i = 1; i < 50; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    for (String bomb :
        List.of(
            laughs.toString(),
            "v: " + "&a ".repeat(100_000),
            "v: " + "[".repeat(1_000_000),
            "v: " + "{a: ".repeat(100_000),
            "? ".repeat(100_000),
            "- ".repeat(100_000),
            "a: \"" + "\\x".repeat(100_000),
            "v: " + "9".repeat(1_000_000),
            "v: 0x" + "f".repeat(1_000_000),
            "k".repeat(2_000_000) + ": 1",
            "x".repeat(6_000_000))) {
      FlowDocument document = Documents.file(folder, "bomb.yml", bomb);
      assertThat(document.isValid()).isFalse();
      assertCivil(document);
    }
  }

  @Test
  void other_encodings_are_refused() {
    byte[] content = ("id: x" + NODES).getBytes(StandardCharsets.UTF_16);
    assertThat(Documents.file(folder, "flow.yaml", content).problems())
        .extracting(Problem::code)
        .containsExactly("FF-DEF-YAML");
  }

  @Test
  void the_ending_of_a_file_tells_its_format() {
    String json = "{\"id\": \"x\", \"nodes\": [{\"id\": \"a\", \"type\": \"echo\"}]}";
    String yaml = "id: x" + NODES;
    assertThat(Documents.file(folder, "a.json", json).isValid()).isTrue();
    assertThat(Documents.file(folder, "a.yaml", json).isValid()).isTrue();
    assertThat(Documents.file(folder, "a.YML", yaml).isValid()).isTrue();
    assertThat(Documents.file(folder, "a.flow", json).isValid()).isTrue();
    assertThat(Documents.file(folder, "a.txt", yaml).isValid()).isTrue();
    assertThat(Documents.file(folder, "a.json", yaml).isValid()).isFalse();
  }

  @Test
  void a_file_gives_its_name_to_a_flow_without_one() {
    FlowDocument document = Documents.file(folder, "Daily Report.yaml", NODES);
    assertThat(document.orThrow().id()).isEqualTo("daily-report");
  }

  private static Object value(String yaml) {
    return Flow.parse("id: x\nvariables:\n  v: " + yaml + NODES).variables().get("v");
  }
}
