package io.flowforge.actions.file;

import static io.flowforge.actions.file.FileFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flowforge.actions.Corpora;
import io.flowforge.actions.file.WriteFileAction.Mode;
import io.flowforge.execution.Json;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @TempDir private Path root;
  private FileFixture files;

  @BeforeEach
  void prepare() {
    files = new FileFixture(root);
  }

  private static CsvOptions options(
      boolean header, boolean typed, boolean guard, String... columns) {
    return new CsvOptions("", header, List.of(columns), typed, guard, false, 1000, 10);
  }

  private Object read(String text) throws IOException {
    files.put("a.csv", text);
    return files.content("a.csv");
  }

  private ActionException refusal(String text) throws IOException {
    files.put("a.csv", text);
    return failure(() -> files.content("a.csv"));
  }

  private String written(Object rows) throws IOException {
    files.write("w.csv", rows, Mode.OVERWRITE);
    return files.text("w.csv");
  }

  @Test
  void reads_rows_by_column() throws IOException {
    files.put("a.csv", "id,name\r\n1,\"A, \"\"B\"\"\nC\"\r\n2,\r\n3\n");
    Map<?, ?> output = files.read("a.csv", FileFormat.AUTO);
    Map<String, Object> last = new LinkedHashMap<>();
    last.put("id", "3");
    last.put("name", null);
    assertThat(output.get("content"))
        .isEqualTo(
            List.of(Map.of("id", "1", "name", "A, \"B\"\nC"), Map.of("id", "2", "name", ""), last));
    assertThat(output.get("rows")).isEqualTo(3);
    assertThat(output.get("columns")).isEqualTo(List.of("id", "name"));
  }

  @Test
  void the_csv_spectrum_corpus_is_read_as_it_says() throws IOException {
    Optional<Path> corpus = Corpora.find("csv/csv-spectrum");
    if (corpus.isEmpty()) {
      return;
    }
    try (var cases = Files.list(corpus.get().resolve("csvs"))) {
      for (Path csv : cases.sorted().toList()) {
        String name = csv.getFileName().toString().replace(".csv", ".json");
        Object wanted = Json.parse(Files.readAllBytes(corpus.get().resolve("json").resolve(name)));
        Files.write(root.resolve("a.csv"), Files.readAllBytes(csv));
        assertThat(files.content("a.csv")).as(name).isEqualTo(wanted);
        files.write("b.csv", wanted, Mode.OVERWRITE);
        assertThat(files.content("b.csv")).as(name + " written again").isEqualTo(wanted);
      }
    }
  }

  @Test
  void columns_without_names_give_lists_and_can_be_named() throws IOException {
    files.csv = options(false, false, true);
    assertThat(read("1,2\n3\n")).isEqualTo(List.of(List.of("1", "2"), List.of("3")));
    files.csv = options(false, false, true, "a", "b");
    assertThat(read("1,2\n")).isEqualTo(List.of(Map.of("a", "1", "b", "2")));
    files.csv = CsvOptions.DEFAULT;
    assertThat(read("a,,\n1,2,3\n"))
        .isEqualTo(List.of(Map.of("a", "1", "column2", "2", "column3", "3")));
  }

  @Test
  void typed_cells_are_what_they_look_like() throws IOException {
    files.csv = options(false, true, true);
    assertThat(read("1,-2.50,1e3,true,FALSE,,007,+1,1.,x\n"))
        .isEqualTo(
            List.of(Arrays.asList(1, -2.5, 1000.0, true, false, null, "007", "+1", "1.", "x")));
    assertThat(read("9007199254740993,99999999999999999999,0.1234567890123456789\n"))
        .isEqualTo(
            List.of(
                List.of(
                    9007199254740993L,
                    new BigInteger("99999999999999999999"),
                    new BigDecimal("0.1234567890123456789"))));
  }

  @Test
  void tabs_and_other_delimiters_are_known() throws IOException {
    files.put("a.tsv", "a\tb\n1\t2,3\n");
    assertThat(files.content("a.tsv")).isEqualTo(List.of(Map.of("a", "1", "b", "2,3")));
    files.csv = new CsvOptions(";", true, List.of(), false, true, true, 9, 9);
    assertThat(read("a;b\n1;2\n")).isEqualTo(List.of(Map.of("a", "1", "b", "2")));
    assertThat(written(List.of(Map.of("a", "1;2")))).isEqualTo("\uFEFFa\r\n\"1;2\"\r\n");
    files.csv = new CsvOptions("\"", true, List.of(), false, true, true, 9, 9);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> files.content("a.csv"))
        .withMessageContaining("csv.delimiter");
  }

  @Test
  void writes_all_keys_in_the_order_in_which_they_appear() throws IOException {
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("b", 1);
    first.put("a", null);
    Map<String, Object> second = new LinkedHashMap<>();
    second.put("c", List.of(1, "x"));
    second.put("b", -2.5);
    assertThat(written(List.of(first, second)))
        .isEqualTo("b,a,c\r\n1,,\r\n-2.5,,\"[1,\"\"x\"\"]\"\r\n");
    files.csv = options(true, false, true, "c", "b");
    assertThat(written(List.of(first))).isEqualTo("c,b\r\n,1\r\n");
    files.csv = options(false, false, true);
    assertThat(written(List.of(List.of(1, true), List.of("x")))).isEqualTo("1,true\r\nx\r\n");
  }

  @Test
  void appending_writes_the_header_once() throws IOException {
    for (int i = 0; i < 3; i++) {
      files.write("w.csv", List.of(Map.of("n", i)), Mode.APPEND);
    }
    assertThat(files.text("w.csv")).isEqualTo("n\r\n0\r\n1\r\n2\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "\"x\"", "{\"a\":1}", "[1]", "[\"x\"]", "[null]"})
  void what_is_no_table_is_refused(String json) {
    assertThat(failure(() -> files.write("w.csv", Json.parse(json), Mode.OVERWRITE)).code())
        .isEqualTo("FF-CSV-CONTENT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+SUM(A1)",
        "-x",
        "@x",
        "\uFF1D1",
        "\uFF0B1",
        "\uFF0D1",
        "\uFF20x",
        " =1",
        "\u00A0=1",
        "\u200B=1",
        "=cmd|' /C calc'!A0",
        "=HYPERLINK(1)",
        "--1",
        "+1 555 123"
      })
  void b_cs_01_formulas_are_defused(String cell) {
    assertThat(FormulaGuard.guard(cell)).isEqualTo("'" + cell);
  }

  @Test
  void b_cs_01_signs_that_are_no_print_are_defused_in_every_line() throws IOException {
    assertThat(FormulaGuard.guard("\t=1")).isEqualTo("'\t=1");
    assertThat(FormulaGuard.guard("\rx")).isEqualTo("'\rx");
    assertThat(FormulaGuard.guard("\nx")).isEqualTo("'\nx");
    assertThat(FormulaGuard.guard("ok\n=1\nfine\r\n+x\r-y")).isEqualTo("ok\n'=1\nfine\r\n'+x\r'-y");
    assertThat(written(List.of(Map.of("=a", "ok\n=1")))).isEqualTo("'=a\r\n\"ok\n'=1\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a=b", "1-2", "-5", "+3.2", "-1,5", "a\nb", "a@b.c", "'=1"})
  void b_cs_01_what_is_no_formula_stays(String cell) {
    assertThat(FormulaGuard.guard(cell)).isEqualTo(cell);
  }

  @Test
  void b_cs_01_the_guard_can_be_off() throws IOException {
    files.csv = options(true, false, false);
    assertThat(written(List.of(Map.of("a", "=1")))).isEqualTo("a\r\n=1\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'a,b\n1,\"x\n', FF-CSV-QUOTE",
    "'a\n\"x\"y\n', FF-CSV-QUOTE",
    "'a\nx\0y\n', FF-CSV-CHARACTER",
    "'a\n1,2\n', FF-CSV-COLUMNS",
    "'a,a\n1,2\n', FF-CSV-HEADER"
  })
  void b_cs_02_broken_files_are_refused_with_the_row(String text, String code) throws IOException {
    ActionException refusal = refusal(text.replace("\\0", "\0"));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.getMessage()).containsPattern("Row [1-3] of the CSV");
    assertThat(refusal.details()).containsKey("row");
  }

  @Test
  void b_cs_02_a_wrong_encoding_is_told_with_the_row() throws IOException {
    Files.write(root.resolve("a.csv"), new byte[] {'a', '\n', '1', '\n', (byte) 0xFC, '\n'});
    assertThat(failure(() -> files.content("a.csv")).code()).isEqualTo("FF-CSV-ENCODING");
  }

  @Test
  void b_cs_02_mixed_line_ends_are_read() throws IOException {
    assertThat(read("a\r\n1\n2\r3\r\n\r\n4"))
        .isEqualTo(List.of(Map.of("a", "1"), Map.of("a", "2"), Map.of("a", "3"), Map.of("a", "4")));
  }

  @Test
  void b_cs_02_too_many_columns_and_rows_are_refused() throws IOException {
    files.maxBytes = 32 << 20;
    assertThat(refusal("x,".repeat(1_000_000) + "\n").code()).isEqualTo("FF-CSV-COLUMNS");
    files.csv = new CsvOptions("", false, List.of(), false, true, false, 100_000, 10);
    ActionException refusal = refusal("1\n".repeat(10_000_000));
    assertThat(refusal.code()).isEqualTo("FF-CSV-ROWS");
    assertThat(refusal.details()).containsEntry("row", 100_001L);
  }

  @Test
  void b_cs_02_a_line_without_end_is_refused() throws IOException {
    files.maxBytes = 32 << 20;
    ActionException refusal = refusal("a\n\"" + "x\n".repeat(5_000_000));
    assertThat(refusal.code()).isEqualTo("FF-CSV-ROW");
    assertThat(refusal.getMessage()).contains("Row 2", "quote left open");
  }
}
