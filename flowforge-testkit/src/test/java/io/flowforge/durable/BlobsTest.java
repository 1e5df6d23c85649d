package io.flowforge.durable;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.FlowForgeException;
import io.flowforge.StartOptions;
import io.flowforge.StartOutcomeUnknownException;
import io.flowforge.execution.Blob;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.store.Durability;
import io.flowforge.testkit.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that are too large to stand in a value. */
class BlobsTest {
  private static final int MIB = 1 << 20;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ManualTime time = ManualTime.create();
  private final MemoryStore store = new MemoryStore(time::epochMicros);

  /** What is done in one test. */
  private interface Script {
    @Nullable Object run(ActionContext context) throws Exception;
  }

  /** Does what the test says. */
  private record Scripted(Script script) implements Action<Map<String, Object>> {
    @Override
    @SuppressWarnings("unchecked")
    public ActionDescriptor<Map<String, Object>> descriptor() {
      ActionDescriptor<?> descriptor = ActionDescriptor.of("do", Map.class).title("Do");
      return (ActionDescriptor<Map<String, Object>>) descriptor;
    }

    @Override
    public @Nullable Object run(Map<String, Object> config, ActionContext context)
        throws Exception {
      return script.run(context);
    }
  }

  private FlowForge engine(Script script, UnaryOperator<FlowForgeBuilder> more) {
    return more.apply(
            FlowForge.builder()
                .discoverPlugins(false)
                .time(time)
                .executor(time.executor())
                .requireDurability(Durability.NONE)
                .action(new Scripted(script)))
        .build();
  }

  private FlowForge stored(Script script) {
    return engine(script, builder -> builder.store(store.handle()));
  }

  private ExecutionResult run(FlowForge forge, String... nodes) {
    Execution execution =
        forge.start(Flow.parse("id: f\nnodes: {" + String.join(", ", nodes) + "}"), Map.of());
    time.settle();
    while (!execution.status().isFinal() && time.advanceToNextTimer()) {
      time.settle();
    }
    return execution.await(LONG);
  }

  private static @Nullable Object output(ExecutionResult result, String node) {
    return result.snapshot().node(node).orElseThrow().output();
  }

  private static byte[] read(FlowForge forge, @Nullable Object output) throws IOException {
    try (InputStream in = forge.blobs().open(Blob.of(output).orElseThrow())) {
      return in.readAllBytes();
    }
  }

  @Test
  void i06_an_output_of_1_mib_stands_in_the_value_and_one_byte_more_is_a_blob() throws Exception {
    int[] size = {MIB};
    try (FlowForge forge = stored(context -> "x".repeat(size[0]))) {
      assertThat(output(run(forge, "a: {type: do}"), "a")).isEqualTo("x".repeat(MIB));
      size[0]++;
      Object large = output(run(forge, "a: {type: do}"), "a");
      assertThat(Blob.of(large).orElseThrow().contentType()).isEqualTo("text/plain; charset=utf-8");
      assertThat(new String(read(forge, large), StandardCharsets.UTF_8)).hasSize(MIB + 1);
    }
  }

  @Test
  void a_value_that_is_too_large_is_written_as_json() throws Exception {
    List<String> value = List.of("x".repeat(MIB / 2), "y".repeat(MIB), "z");
    try (FlowForge forge = stored(context -> Map.of("list", value))) {
      Object large = output(run(forge, "a: {type: do}"), "a");
      assertThat(Blob.of(large).orElseThrow().contentType()).isEqualTo("application/json");
      Json.Limits limits = new Json.Limits(8L << 20, 64, 4 << 20);
      assertThat(Json.parse(read(forge, large), limits)).isEqualTo(Map.of("list", value));
    }
  }

  @Test
  void bytes_that_are_too_large_and_streams_are_written_as_they_are() throws Exception {
    byte[] bytes = new byte[3 * MIB];
    bytes[MIB] = 7;
    try (FlowForge forge =
        stored(
            context ->
                context.nodeId().equals("bytes") ? bytes : new ByteArrayInputStream(bytes))) {
      ExecutionResult result = run(forge, "bytes: {type: do}", "stream: {type: do}");
      assertThat(read(forge, output(result, "bytes"))).isEqualTo(bytes);
      assertThat(output(result, "stream")).isEqualTo(output(result, "bytes"));
    }
  }

  @Test
  void the_next_node_sees_the_reference_and_reads_the_content() {
    Script script =
        context -> {
          if (context.nodeId().equals("write")) {
            Blob blob = context.blobs().write("hello".getBytes(StandardCharsets.UTF_8), "text/x");
            return Map.of("file", blob);
          }
          Map<?, ?> given = (Map<?, ?>) context.input();
          try (InputStream in = context.blobs().open(Blob.of(given.get("file")).orElseThrow())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          }
        };
    try (FlowForge forge = stored(script)) {
      ExecutionResult result =
          run(
              forge,
              "write: {type: do}",
              "read: {type: do, dependsOn: [write]}",
              "size: {type: echo, dependsOn: [write], config: {n: '${write.output.file.size}'}}");
      assertThat(result).hasStatus(ExecutionStatus.COMPLETED);
      assertThat(output(result, "read")).isEqualTo("hello");
      assertThat(output(result, "size")).isEqualTo(Map.of("n", 5));
    }
  }

  @Test
  void without_a_blob_store_a_large_output_is_an_error() {
    try (FlowForge forge = engine(context -> "x".repeat(MIB + 1), builder -> builder)) {
      assertThat(run(forge, "a: {type: do}")).failedWith("FF-VALUE-SIZE");
      assertThat(
              catchThrowableOfType(
                      FlowForgeException.class, () -> forge.blobs().write(new byte[1], "x"))
                  .code())
          .isEqualTo("FF-BLOB-NONE");
    }
  }

  @Test
  void an_engine_in_memory_may_have_blobs_in_a_folder(@TempDir Path folder) throws Exception {
    try (FlowForge forge =
        engine(context -> "x".repeat(5000), builder -> builder.blobs(folder).inlineLimit(4096))) {
      assertThat(read(forge, output(run(forge, "a: {type: do}"), "a"))).hasSize(5000);
    }
  }

  @Test
  void d08_a_write_that_fails_is_tried_again_as_the_node_says(@TempDir Path folder)
      throws IOException {
    Path place = folder.resolve("blobs");
    Files.writeString(place, "in the way");
    Script script =
        context -> {
          if (context.attempt() == 3) {
            Files.deleteIfExists(place);
          }
          return "x".repeat(MIB + 1);
        };
    try (FlowForge forge = engine(script, builder -> builder.blobs(place))) {
      ExecutionResult result = run(forge, "a: {type: do, retry: {maxAttempts: 3, delay: 1s}}");
      assertThat(result).hasStatus(ExecutionStatus.COMPLETED);
      assertThat(Blob.of(output(result, "a"))).isPresent();
      Files.move(place, folder.resolve("away"));
      Files.writeString(place, "in the way");
      assertThat(run(forge, "a: {type: do}")).failedWith("FF-BLOB-WRITE");
    }
  }

  @Test
  void all_outputs_of_an_execution_together_have_a_limit() {
    try (FlowForge forge =
        engine(
            context -> "x".repeat(400_000),
            builder -> builder.store(store.handle()).executionLimit(MIB))) {
      ExecutionResult result =
          run(
              forge,
              "a: {type: do}",
              "b: {type: do, dependsOn: [a]}",
              "c: {type: do, dependsOn: [b]}",
              "d: {type: do, dependsOn: [c]}");
      assertThat(result).hasStatus(ExecutionStatus.COMPLETED);
      assertThat(Blob.of(output(result, "b"))).isEmpty();
      assertThat(Blob.of(output(result, "c"))).isPresent();
      assertThat(Blob.of(output(result, "d"))).isPresent();
    }
  }

  private static @Nullable Execution started(FlowForge forge, Flow flow, Object text) {
    try {
      return forge.start(flow, Map.of("text", text), StartOptions.DEFAULT.withExecutionId("e1"));
    } catch (StartOutcomeUnknownException unknown) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void a21_whichever_page_is_lost_a_reference_has_its_blob(int at) throws IOException {
    Flow flow =
        Flow.parse(
            """
            id: big
            inputs: {text: {type: string, required: true}}
            nodes:
              a: {type: effect, config: {value: ['${inputs.text}', '${inputs.text}']}}
              b: {type: effect, dependsOn: [a], config: {value: '${a.output}'}}
            """);
    String text = "x".repeat(600_000);
    try (World world = new World(flow)) {
      World.Member last = world.member();
      last.store.failCommit(at, FlakyStore.Fault.DIES_BEFORE);
      Execution execution = started(last.forge, flow, text);
      for (int turn = 0; turn < 100 && !world.isOver("e1"); turn++) {
        if (last.isDead()) {
          last = world.member();
          execution = null;
        }
        if (execution == null) {
          execution = started(last.forge, flow, text);
        }
        world.time.advance(Duration.ofSeconds(1));
      }
      if (last.isDead()) {
        last = world.member();
      }
      Execution ended = last.forge.execution("e1").orElseThrow();
      assertThat(ended.status()).isEqualTo(ExecutionStatus.COMPLETED);
      Object output = ended.snapshot().node("a").orElseThrow().output();
      assertThat(new String(read(last.forge, output), StandardCharsets.UTF_8))
          .isEqualTo("{\"did\":[\"" + text + "\",\"" + text + "\"]}");
      assertThat(ended.snapshot().node("b").orElseThrow().output())
          .isEqualTo(Map.of("did", output));
    }
  }

  private boolean isThere(Blob blob) {
    return store.read("blob", blob.id()).toCompletableFuture().join().isPresent();
  }

  @Test
  void a21_purge_deletes_what_nobody_refers_to_any_more() {
    try (FlowForge forge =
        engine(
            context -> context.executionId() + "x".repeat(MIB),
            builder -> builder.store(store.handle()).blobGrace(Duration.ofHours(1)))) {
      Blob first = Blob.of(output(run(forge, "a: {type: do}"), "a")).orElseThrow();
      Blob orphan = forge.blobs().write(new byte[10], "x");
      time.advance(Duration.ofHours(2));
      Blob second = Blob.of(output(run(forge, "a: {type: do}"), "a")).orElseThrow();
      time.advance(Duration.ofHours(2));
      Blob fresh = forge.blobs().write(new byte[20], "x");

      int purged = forge.operations().purge(Set.of(ExecutionStatus.COMPLETED), Duration.ofHours(3));

      assertThat(purged).isEqualTo(1);
      assertThat(isThere(first)).isFalse();
      assertThat(isThere(orphan)).isFalse();
      assertThat(isThere(second)).isTrue();
      assertThat(isThere(fresh)).isTrue();
    }
  }
}
