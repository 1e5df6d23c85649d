package io.flowforge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.ImportOptions;
import io.flowforge.StartOptions;
import io.flowforge.execution.Blob;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions with large outputs that go from one database to another and back. */
class TransferTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int SIZE = 700_000;
  private static final Flow FLOW =
      Flow.parse(
          """
          id: large
          nodes:
            a: {type: noise, config: {seed: 7}}
            e: {type: wait-for-event, dependsOn: [a], config: {event: go}}
          outputs: {a: "${a.output}", e: "${e.output}"}
          """);

  /** What the noise begins with. */
  private record Seed(int seed) {}

  /** Bytes that do not compress. */
  private static final class Noise implements Action<Seed> {
    @Override
    public ActionDescriptor<Seed> descriptor() {
      return ActionDescriptor.of("noise", Seed.class).title("Noise");
    }

    @Override
    public Object run(Seed config, ActionContext context) {
      return bytes(config.seed);
    }
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static FlowForge engine(String url) {
    return FlowForge.builder()
        .discoverPlugins(false)
        .store(JdbcStore.at(url))
        .inlineLimit(1024)
        .scanInterval(Duration.ofMillis(200))
        .action(new Noise())
        .build();
  }

  private static void write(FlowForge engine, String id, Path file) throws IOException {
    try (var archive = Files.newOutputStream(file)) {
      engine.operations().export(id, archive);
    }
  }

  private static Execution take(FlowForge engine, Path file, ImportOptions options)
      throws IOException {
    try (InputStream archive = Files.newInputStream(file)) {
      return engine.operations().importExecution(archive, options);
    }
  }

  private static byte[] content(FlowForge engine, Execution execution) throws IOException {
    Object output = execution.snapshot().node("a").orElseThrow().output();
    try (InputStream content = engine.blobs().open(Blob.of(output).orElseThrow())) {
      return content.readAllBytes();
    }
  }

  @Test
  void from_h2_to_postgresql_where_it_ends_and_back(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("x.zip");
    try (FlowForge h2 = engine("jdbc:h2:file:" + folder.resolve("executions"));
        FlowForge postgres = engine(Postgres.url("transfer"))) {
      Execution begun = h2.start(FLOW, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
      // The event finds the wait, or is kept for it.
      write(waiting(h2, begun), "x", file);
      begun.cancel("it goes on elsewhere");
      begun.await(LONG);

      assertThat(take(postgres, file, ImportOptions.DEFAULT).status())
          .isEqualTo(ExecutionStatus.PARKED);
      Execution moved = postgres.operations().unpark("x");
      moved.signal("go", "now");
      assertThat(moved.await(LONG).outputs()).containsEntry("e", "now");
      assertThat(content(postgres, moved)).isEqualTo(bytes(7));

      write(postgres, "x", file);
      Execution back = take(h2, file, ImportOptions.DEFAULT.withExecutionId("y"));
      assertThat(back.snapshot().outputs()).isEqualTo(moved.snapshot().outputs());
      assertThat(content(h2, back)).isEqualTo(bytes(7));
    }
  }

  /** Once the node in front has ended, as the store knows. */
  private static FlowForge waiting(FlowForge engine, Execution execution) throws Exception {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!engine.operations().export(execution.id()).contains("\"$blob\"")) {
      assertThat(System.nanoTime()).as("it has not begun in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
    return engine;
  }
}
