package io.flowforge.actions.file;

import static io.flowforge.actions.file.FileFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flowforge.actions.TestContext;
import io.flowforge.actions.file.WriteFileAction.Mode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileActionsTest {
  @TempDir private Path root;
  private FileFixture files;

  @BeforeEach
  void prepare() {
    files = new FileFixture(root);
  }

  @Test
  void text_is_written_and_read() throws Exception {
    Map<?, ?> written = files.write("out/a.txt", "héllo\n", Mode.OVERWRITE);
    assertThat(written).hasToString("{path=out/a.txt, bytes=7}");
    Map<?, ?> read = files.read("out/a.txt", FileFormat.AUTO);
    assertThat(read.get("content")).isEqualTo("héllo\n");
    assertThat(read.get("bytes")).isEqualTo(7);
    assertThat(files.names()).containsExactly("out/a.txt");
  }

  @Test
  void json_is_written_for_people_and_read() throws Exception {
    Map<String, Object> value = Map.of("a", List.of(1, 2.5, "x"));
    files.write("a.json", value, Mode.OVERWRITE);
    assertThat(files.text("a.json")).startsWith("{\n").endsWith("}\n");
    assertThat(files.content("a.json")).isEqualTo(value);
  }

  @Test
  void bytes_travel_as_base64() {
    String base64 = Base64.getEncoder().encodeToString(new byte[] {0, -1, 7});
    files.write("a.bin", base64, Mode.CREATE, FileFormat.BYTES);
    assertThat(files.read("a.bin", FileFormat.BYTES).get("content")).isEqualTo(base64);
    assertThat(failure(() -> files.write("a.bin", "%", Mode.OVERWRITE, FileFormat.BYTES)).code())
        .isEqualTo("FF-FILE-CONTENT");
  }

  @Test
  void values_that_are_no_text_are_written_as_json() throws Exception {
    files.write("a.txt", Map.of("a", 1), Mode.OVERWRITE);
    assertThat(files.text("a.txt")).isEqualTo("{\"a\":1}");
    files.write("a.txt", null, Mode.OVERWRITE);
    assertThat(files.text("a.txt")).isEmpty();
  }

  @Test
  void the_modes_say_what_happens_to_a_file_that_is_there() throws Exception {
    files.write("a.txt", "1", Mode.CREATE);
    assertThat(files.codeOfWrite("a.txt", Mode.CREATE)).isEqualTo("FF-FILE-EXISTS");
    files.write("a.txt", "2", Mode.OVERWRITE);
    files.write("a.txt", "3", Mode.APPEND);
    files.write("b.txt", "4", Mode.APPEND);
    assertThat(files.text("a.txt")).isEqualTo("23");
    assertThat(files.text("b.txt")).isEqualTo("4");
    assertThat(files.names()).containsExactly("a.txt", "b.txt");
  }

  @Test
  void a_repeated_attempt_to_create_finds_its_own_file_and_no_other() throws Exception {
    files.write("a.txt", "mine", Mode.CREATE);
    files.put("half.txt", "");
    files.put("other.txt", "theirs");
    for (int attempt = 1; attempt <= 2; attempt++) {
      files.context.attempt(attempt, 3 - attempt);
      assertThat(files.write("a.txt", "mine", Mode.CREATE).get("bytes")).isEqualTo(4);
      assertThat(files.codeOfWrite("other.txt", Mode.CREATE)).isEqualTo("FF-FILE-EXISTS");
    }
    files.write("half.txt", "whole", Mode.CREATE);
    assertThat(files.text("half.txt")).isEqualTo("whole");
    files.context.attempt(1, 1);
    assertThat(failure(() -> files.write("a.txt", "mine", Mode.CREATE)).code())
        .isEqualTo("FF-FILE-EXISTS");
    assertThat(files.text("other.txt")).isEqualTo("theirs");
    assertThat(files.names()).containsExactly("a.txt", "half.txt", "other.txt");
  }

  @Test
  void a_write_that_fails_leaves_what_was_there() throws Exception {
    files.write("a.txt", "old", Mode.OVERWRITE);
    files.maxBytes = 3;
    assertThat(failure(() -> files.write("a.txt", "newer", Mode.OVERWRITE)).code())
        .isEqualTo("FF-FILE-SIZE");
    files.encoding = "US-ASCII";
    assertThat(failure(() -> files.write("a.txt", "ü", Mode.OVERWRITE)).code())
        .isEqualTo("FF-FILE-ENCODING");
    assertThat(files.text("a.txt")).isEqualTo("old");
    assertThat(files.names()).containsExactly("a.txt");
  }

  @Test
  void what_a_crash_left_behind_is_replaced() throws Exception {
    files.put("x", "");
    Files.writeString(root.resolve(".flowforge-ff1_abc.tmp"), "half");
    files.write("a.txt", "whole", Mode.OVERWRITE);
    assertThat(files.text("a.txt")).isEqualTo("whole");
    assertThat(files.names()).containsExactly("a.txt", "x");
  }

  @Test
  void a_file_that_is_too_large_is_not_read() throws Exception {
    files.put("a.txt", "12345");
    files.maxBytes = 4;
    assertThat(files.codeOfRead("a.txt")).isEqualTo("FF-FILE-SIZE");
    files.maxBytes = 5;
    assertThat(files.content("a.txt")).isEqualTo("12345");
  }

  @Test
  void encodings_are_kept_to() throws Exception {
    Files.write(root.resolve("a.txt"), new byte[] {(byte) 0xFC, 'x'});
    assertThat(files.codeOfRead("a.txt")).isEqualTo("FF-FILE-ENCODING");
    files.encoding = "ISO-8859-1";
    assertThat(files.content("a.txt")).isEqualTo("üx");
    files.encoding = "klingon";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> files.content("a.txt"))
        .withMessageContaining("klingon");
  }

  @Test
  void a_byte_order_mark_is_no_content() throws Exception {
    files.put("a.txt", "\uFEFFx");
    files.put("a.json", "\uFEFF[1]");
    files.put("a.csv", "\uFEFFa,b\n1,2\n");
    files.put("empty.csv", "\uFEFF");
    assertThat(files.content("a.txt")).isEqualTo("x");
    assertThat(files.content("a.json")).isEqualTo(List.of(1));
    assertThat(files.content("a.csv")).isEqualTo(List.of(Map.of("a", "1", "b", "2")));
    assertThat(files.content("empty.csv")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "'{', FF-FILE-CONTENT",
    "'{\"a\":1,\"a\":2}', FF-FILE-CONTENT",
    "'', FF-FILE-CONTENT"
  })
  void a_file_that_is_no_json_is_said_to_be_none(String text, String code) throws Exception {
    files.put("a.json", text);
    assertThat(files.codeOfRead("a.json")).isEqualTo(code);
  }

  @Test
  void a_missing_file_is_said_to_be_missing() {
    assertThat(files.codeOfRead("no.txt")).isEqualTo("FF-FILE-MISSING");
    assertThat(files.codeOfRead("no/no.txt")).isEqualTo("FF-FILE-MISSING");
    assertThat(failure(() -> files.content("no.txt")).getMessage())
        .contains("\"no.txt\"")
        .doesNotContain(root.toString());
  }

  @Test
  void without_a_root_files_are_refused_with_the_cure() {
    ReadFileAction.Config config =
        new ReadFileAction.Config("a.txt", FileFormat.AUTO, "UTF-8", 9, CsvOptions.DEFAULT);
    var failure = failure(() -> new ReadFileAction().run(config, TestContext.create()));
    assertThat(failure.code()).isEqualTo("FF-FILE-ROOT");
    assertThat(failure.getMessage()).contains("FilePolicy", "--root");
    TestContext lost =
        TestContext.create().with(FilePolicy.class, FilePolicy.of(root.resolve("gone")));
    assertThat(failure(() -> new ReadFileAction().run(config, lost)).code())
        .isEqualTo("FF-FILE-ROOT");
  }

  @Test
  void a_read_only_root_is_not_written_to() throws Exception {
    files.put("a.txt", "x");
    files.context.with(FilePolicy.class, FilePolicy.of(root).readOnly());
    assertThat(files.content("a.txt")).isEqualTo("x");
    assertThat(files.codeOfWrite("b.txt", Mode.CREATE)).isEqualTo("FF-FILE-ACCESS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.txt",
        "naïve.txt",
        "日本/語.txt",
        "a+b=(c)@d,e-f_g.txt",
        "1/2/3/4/5",
        "_x",
        "a..b"
      })
  void ordinary_names_are_welcome(String path) {
    files.write(path, "x", Mode.OVERWRITE);
    assertThat(files.content(path)).isEqualTo("x");
  }

  @Test
  void utf_16_can_be_written_and_read() {
    files.encoding = StandardCharsets.UTF_16LE.name();
    files.write("a.csv", List.of(Map.of("a", "ü")), Mode.OVERWRITE);
    assertThat(files.content("a.csv")).isEqualTo(List.of(Map.of("a", "ü")));
  }
}
