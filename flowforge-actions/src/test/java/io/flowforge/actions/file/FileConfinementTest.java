package io.flowforge.actions.file;

import static io.flowforge.actions.file.FileFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.actions.file.WriteFileAction.Mode;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileConfinementTest {
  @TempDir private Path folder;
  private Path outside;
  private FileFixture files;

  @BeforeEach
  void prepare() throws IOException {
    outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret.txt"), "secret");
    files = new FileFixture(Files.createDirectories(folder.resolve("root")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "../outside/secret.txt",
        "/etc/passwd",
        "a/../../b",
        "..\\..\\x",
        "a\\b",
        "%2e%2e/x",
        "....//x",
        "a//b",
        "a/",
        "a\0b",
        "~",
        "~/x",
        "CON",
        "con.txt",
        "Com1",
        "lpt9.log",
        "a/NUL",
        "file.txt:stream",
        "x.",
        "x ",
        " x",
        "a /b",
        "./x",
        ".",
        "..",
        ".hidden",
        "-rf",
        "a/-rf",
        "\u202Egpj.exe",
        "a\u202Eb",
        "a\nb",
        "a\tb",
        "C:\\x",
        "C:/x",
        "file:///etc/passwd",
        "\\\\server\\share",
        "a*b",
        "a?b",
        "a|b",
        "a<b",
        "a\"b",
        "$(x)",
        "`x`",
        "a;b",
        "a\u200Bb"
      })
  void b_fs_01_names_that_lead_elsewhere_are_refused(String path) {
    assertThat(files.codeOfRead(path)).isEqualTo("FF-FILE-PATH");
    assertThat(files.codeOfWrite(path, Mode.CREATE)).isEqualTo("FF-FILE-PATH");
  }

  @Test
  void b_fs_01_names_that_are_too_long_or_deep_are_refused() {
    assertThat(files.codeOfRead("a".repeat(256))).isEqualTo("FF-FILE-PATH");
    assertThat(files.codeOfRead("ü".repeat(128))).isEqualTo("FF-FILE-PATH");
    assertThat(files.codeOfRead("a/".repeat(32) + "a")).isEqualTo("FF-FILE-PATH");
    files.write("a".repeat(255), "x", Mode.CREATE);
    assertThat(files.content("a".repeat(255))).isEqualTo("x");
  }

  @Test
  void b_fs_01_a_refusal_shows_the_path_harmlessly() {
    assertThat(failure(() -> files.content("a\u202Eb\n")).getMessage())
        .contains("\\u202e", "\\u000a")
        .doesNotContain("\u202E", "\n");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void b_fs_02_links_are_not_followed(Mode mode) throws IOException {
    Files.createSymbolicLink(files.root.resolve("file"), outside.resolve("secret.txt"));
    Files.createSymbolicLink(files.root.resolve("dir"), outside);
    Files.createSymbolicLink(files.root.resolve("dangling"), outside.resolve("new.txt"));
    files.put("inside.txt", "x");
    Files.createSymbolicLink(files.root.resolve("own"), files.root.resolve("inside.txt"));
    for (String path : new String[] {"file", "dir/secret.txt", "dangling", "own"}) {
      assertThat(files.codeOfRead(path)).as(path).isEqualTo("FF-FILE-PATH");
      assertThat(files.codeOfWrite(path, mode)).as(path).isIn("FF-FILE-PATH", "FF-FILE-EXISTS");
    }
    assertThat(outside.resolve("secret.txt")).hasContent("secret");
    assertThat(outside.toFile().list()).containsExactly("secret.txt");
  }

  @Test
  void b_fs_02_a_link_that_is_swapped_in_never_leads_out() throws Exception {
    Path door = files.root.resolve("door");
    Path real = Files.createDirectories(files.root.resolve("real"));
    Files.writeString(real.resolve("secret.txt"), "mine");
    AtomicBoolean end = new AtomicBoolean();
    Thread swapper =
        new Thread(
            () -> {
              while (!end.get()) {
                swap(door, real);
                swap(door, outside);
              }
            });
    swapper.start();
    try {
      for (int i = 0; i < 10_000; i++) {
        try {
          assertThat(files.content("door/secret.txt")).isEqualTo("mine");
        } catch (ActionException refused) {
          assertThat(refused.code()).isIn("FF-FILE-PATH", "FF-FILE-MISSING");
        }
      }
    } finally {
      end.set(true);
      swapper.join();
    }
  }

  /** The real folder takes the name by a rename, the one outside by a link. */
  private void swap(Path door, Path target) {
    try {
      if (target.equals(outside)) {
        Files.createSymbolicLink(door, target);
        Files.delete(door);
      } else {
        Files.move(target, door);
        Files.move(door, target);
      }
    } catch (IOException ignored) {
      // The reader may hold it: the next turn tries again.
    }
  }

  @Test
  void b_fs_02_a_second_name_of_a_file_outside_is_refused() throws IOException {
    Files.createLink(files.root.resolve("hard.txt"), outside.resolve("secret.txt"));
    assertThat(files.codeOfRead("hard.txt")).isEqualTo("FF-FILE-TYPE");
    assertThat(files.codeOfWrite("hard.txt", Mode.APPEND)).isEqualTo("FF-FILE-TYPE");
    files.write("hard.txt", "new", Mode.OVERWRITE);
    assertThat(outside.resolve("secret.txt")).hasContent("secret");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void b_fs_02_folders_and_pipes_are_no_files(Mode mode) throws Exception {
    Files.createDirectories(files.root.resolve("dir"));
    Path pipe = files.root.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (String path : new String[] {"dir", "pipe"}) {
      assertThat(files.codeOfRead(path)).as(path).isEqualTo("FF-FILE-TYPE");
      assertThat(files.codeOfWrite(path, mode)).as(path).isIn("FF-FILE-TYPE", "FF-FILE-EXISTS");
    }
    assertThat(files.codeOfRead("pipe/x")).isEqualTo("FF-FILE-PATH");
  }

  @Test
  void b_fs_02_systems_without_open_folders_are_checked_by_path() throws IOException {
    Path root = files.root.toRealPath();
    files.put("a/b.txt", "x");
    Files.createSymbolicLink(root.resolve("dir"), outside);
    Files.createSymbolicLink(root.resolve("a/file"), outside.resolve("secret.txt"));
    SafePath plain = SafePath.of("a/b.txt");
    try (Folder checked = new CheckedFolder(root, plain)) {
      assertThat(checked.exists()).isTrue();
      assertThat(checked.plainSize()).isEqualTo(1);
      new FileWriting(checked, plain, ".t")
          .write("yz".getBytes(StandardCharsets.UTF_8), Mode.OVERWRITE, false);
      new FileWriting(checked, plain, ".t")
          .write("!".getBytes(StandardCharsets.UTF_8), Mode.APPEND, false);
    }
    assertThat(files.text("a/b.txt")).isEqualTo("yz!");
    SafePath through = SafePath.of("dir/secret.txt");
    assertThat(failure(() -> new CheckedFolder(root, through)).code()).isEqualTo("FF-FILE-PATH");
    try (Folder checked = new CheckedFolder(root, SafePath.of("a/file"))) {
      assertThat(failure(checked::exists).code()).isEqualTo("FF-FILE-PATH");
      assertThat(failure(() -> checked.open("file", java.nio.file.StandardOpenOption.READ)).code())
          .isEqualTo("FF-FILE-PATH");
    }
  }
}
