package io.flowforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParcelTest {
  @TempDir Path folder;

  @Test
  void goes_on_after_its_process_was_killed() throws Exception {
    Files.copy(Path.of("flows/parcel.yaml"), folder.resolve("parcel.yaml"));
    Path charged = folder.resolve("out/parcel-1/charged.txt");
    Path shipped = folder.resolve("out/parcel-1/shipped.txt");

    Process first = process();
    try {
      while (first.isAlive() && !(Files.exists(charged) && Files.size(charged) > 0)) {
        Thread.onSpinWait();
      }
    } finally {
      first.destroyForcibly().waitFor();
    }
    assertThat(charged).hasContent("20 EUR from Ada");
    assertThat(shipped).doesNotExist();

    Process second = process();
    try {
      String printed = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(printed).contains("shipped=out/parcel-1/shipped.txt");
      assertThat(shipped).hasContent("to Ada");
    } finally {
      second.destroyForcibly();
    }
  }

  private Process process() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Parcel.class.getName(),
            folder.toString(),
            "jdbc:h2:file:" + folder.resolve("store"),
            "2s")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
