package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.FlowForge;
import io.flowforge.execution.Blob;
import io.flowforge.flow.Flow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Large data" of the user guide. */
class LargeDataTest {
  @Test
  void a_large_output_is_read_through_its_reference(@TempDir Path folder) throws IOException {
    Flow flow =
        Flow.parse(
            """
            {"id": "large", "nodes": {"a": {"type": "echo", "config": {"text": "${inputs.text}"}}}}
            """);
    try (FlowForge forge =
        FlowForge.builder().blobs(folder.resolve("blobs")).inlineLimit(1024).build()) {
      Object output =
          Objects.requireNonNull(
              forge
                  .start(flow, Map.of("text", "x".repeat(5000)))
                  .await(Duration.ofSeconds(30))
                  .outputs()
                  .get("a"));
      Path file = folder.resolve("copy.json");
      copy(forge, output, file);
      assertThat(Files.readString(file)).isEqualTo("{\"text\":\"" + "x".repeat(5000) + "\"}");
    }
  }

  private static void copy(FlowForge forge, Object output, Path file) throws IOException {
    try (InputStream content = forge.blobs().open(Blob.of(output).orElseThrow())) {
      Files.copy(content, file);
    }
  }
}
