package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import io.flowforge.ImportOptions;
import io.flowforge.StartOptions;
import io.flowforge.execution.Blob;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.testkit.ManualTime;
import io.flowforge.testkit.RecordedRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions that go from one store to another with the contents that they refer to. */
class BlobTransferTest {
  private static final Flow FLOW =
      Flow.parse(
          """
          id: large
          nodes:
            a: {type: make, config: {letter: a, count: 300000}}
            b: {type: make, config: {letter: b, count: 5000}}
            e: {type: wait-for-event, dependsOn: [a, b], config: {event: go}}
            c: {type: count, dependsOn: [e], config: {of: "${a.output}", and: "${e.output}"}}
          outputs: {count: "${c.output}"}
          """);

  private final ManualTime time = ManualTime.create();
  private final MemoryStore here = new MemoryStore(time::epochMicros);
  private final MemoryStore there = new MemoryStore(time::epochMicros);
  private final List<FlowForge> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(engine -> engine.close(Duration.ZERO));
  }

  /** Content that is told. */
  private record Told(String letter, int count) {}

  private static final class Make implements Action<Told> {
    @Override
    public ActionDescriptor<Told> descriptor() {
      return ActionDescriptor.of("make", Told.class).title("Make").nonBlocking();
    }

    @Override
    public Object run(Told config, ActionContext context) {
      return config.letter.repeat(config.count);
    }
  }

  /** Blobs that are read. */
  private record Read(Object of, Object and) {}

  private static final class Count implements Action<Read> {
    @Override
    public ActionDescriptor<Read> descriptor() {
      return ActionDescriptor.of("count", Read.class).title("Count").nonBlocking();
    }

    @Override
    public Object run(Read config, ActionContext context) throws IOException {
      long count = 0;
      for (Object one : List.of(config.of, config.and)) {
        try (InputStream content = context.blobs().open(Blob.of(one).orElseThrow())) {
          count += content.readAllBytes().length;
        }
      }
      return count;
    }
  }

  private FlowForge on(FlowStore store, Path... folder) {
    var builder =
        FlowForge.builder()
            .discoverPlugins(false)
            .time(time)
            .executor(time.executor())
            .store(store)
            .requireDurability(Durability.NONE)
            .seed(engines.size())
            .inlineLimit(1024)
            .action(new Make())
            .action(new Count());
    FlowForge engine = (folder.length == 0 ? builder : builder.blobs(folder[0])).build();
    engines.add(engine);
    return engine;
  }

  private Execution started(FlowForge forge) {
    Execution execution = forge.start(FLOW, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
    pass();
    assertThat(execution.status()).isEqualTo(ExecutionStatus.WAITING);
    return execution;
  }

  private Execution ended(FlowForge forge) {
    Execution execution = started(forge);
    execution.signal("go", execution.snapshot().node("b").orElseThrow().output());
    pass();
    assertThat(execution.snapshot().outputs()).isEqualTo(Map.of("count", 305_000));
    return execution;
  }

  private void pass() {
    for (int i = 0; i < 12; i++) {
      time.advance(Duration.ofSeconds(1));
    }
  }

  private static byte[] archive(FlowForge forge) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    forge.operations().export("x", archive);
    return archive.toByteArray();
  }

  private static Execution bring(FlowForge forge, byte[] archive) {
    return forge
        .operations()
        .importExecution(new ByteArrayInputStream(archive), ImportOptions.DEFAULT);
  }

  private static FlowForgeException refusal(FlowForge forge, byte[] archive) {
    FlowForgeException refused =
        catchThrowableOfType(FlowForgeException.class, () -> bring(forge, archive));
    assertThat(refused).isNotNull();
    assertThat(forge.execution("x")).isEmpty();
    return refused;
  }

  /** The entries of an archive, in order. */
  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return archive.toByteArray();
  }

  private static String read(FlowForge forge, Execution execution, String node) throws IOException {
    Object output = execution.snapshot().node(node).orElseThrow().output();
    try (InputStream content = forge.blobs().open(Blob.of(output).orElseThrow())) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void an_ended_execution_comes_with_its_blobs_under_their_ids() throws Exception {
    FlowForge from = on(here.handle());
    Execution execution = ended(from);
    FlowForge to = on(there.handle());
    Execution arrived = bring(to, archive(from));
    assertThat(arrived.snapshot().nodes()).isEqualTo(execution.snapshot().nodes());
    assertThat(read(to, arrived, "a")).isEqualTo("a".repeat(300_000));
    assertThat(read(to, arrived, "b")).isEqualTo("b".repeat(5000));
    to.operations().fork("x", "c", Map.of());
    pass();
    assertThat(to.execution("x~2").orElseThrow().snapshot().outputs())
        .isEqualTo(Map.of("count", 305_000));
  }

  @Test
  void an_unfinished_execution_goes_on_with_the_blobs_that_came() {
    FlowForge from = on(here.handle());
    Execution execution = started(from);
    Object b = execution.snapshot().node("b").orElseThrow().output();
    FlowForge to = on(there.handle());
    bring(to, archive(from));
    to.operations().unpark("x").signal("go", b);
    pass();
    assertThat(to.execution("x").orElseThrow().snapshot().outputs())
        .isEqualTo(Map.of("count", 305_000));
  }

  @Test
  void the_same_execution_gives_the_same_archive_with_the_document_in_front() throws Exception {
    FlowForge from = on(here.handle());
    ended(from);
    Map<String, byte[]> entries = entries(archive(from));
    assertThat(archive(from)).isEqualTo(archive(from));
    assertThat(entries.keySet().iterator().next()).isEqualTo("execution.json");
    assertThat(new String(entries.get("execution.json"), StandardCharsets.UTF_8))
        .isEqualTo(from.operations().export("x"));
    assertThat(entries).hasSize(3);
  }

  @Test
  void an_archive_that_was_cut_off_anywhere_is_refused_and_leaves_what_is_collected()
      throws Exception {
    FlowForge from = on(here.handle());
    ended(from);
    byte[] whole = archive(from);
    int directory = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    FlowForge to = on(there.handle());
    for (int length = 0; length < directory; length += 41) {
      assertThat(refusal(to, java.util.Arrays.copyOf(whole, length)).code())
          .isIn("FF-IMPORT-ARCHIVE", "FF-IMPORT-BLOB", "FF-IMPORT-FORMAT", "FF-JSON-SYNTAX");
    }
    time.advance(Duration.ofDays(9));
    to.operations().purge(Set.of(ExecutionStatus.COMPLETED), Duration.ofDays(1));
    assertThat(there.handle().scan("blob", "", "", 10).toCompletableFuture().join()).isEmpty();
    bring(to, whole);
  }

  @Test
  void an_archive_that_was_changed_is_refused_with_what_and_where() throws Exception {
    FlowForge from = on(here.handle());
    ended(from);
    byte[] whole = archive(from);
    FlowForge to = on(there.handle());
    String blob = entries(whole).keySet().stream().skip(1).findFirst().orElseThrow();
    Map<String, byte[]> changed = entries(whole);
    changed.get(blob)[7] ^= 1;
    assertThat(refusal(to, zip(changed)))
        .hasMessageContaining(blob.substring(6))
        .hasMessageContaining("another content")
        .extracting("code")
        .isEqualTo("FF-IMPORT-ARCHIVE");
    changed = entries(whole);
    changed.put(blob, new byte[20 << 20]);
    assertThat(refusal(to, zip(changed))).hasMessageContaining("has more than");
    changed.put(blob, new byte[0]);
    assertThat(refusal(to, zip(changed))).hasMessageContaining("has 0 bytes instead of");
    changed.remove(blob);
    assertThat(refusal(to, zip(changed)).code()).isEqualTo("FF-IMPORT-BLOB");
    changed = entries(whole);
    changed.put("../evil", new byte[0]);
    assertThat(refusal(to, zip(changed)).code()).isEqualTo("FF-IMPORT-ARCHIVE");
    changed = entries(whole);
    changed.put("blobs/" + "0".repeat(64), new byte[0]);
    assertThat(refusal(to, zip(changed))).hasMessageContaining("does not name blob 000");
    changed = entries(whole);
    String document = new String(changed.get("execution.json"), StandardCharsets.UTF_8);
    changed.put("execution.json", document.replace("305000", "1").getBytes(StandardCharsets.UTF_8));
    assertThat(refusal(to, zip(changed)).code()).isEqualTo("FF-IMPORT-DIGEST");
    assertThat(refusal(to, zip(Map.of("other", new byte[0]))).code()).isEqualTo("FF-IMPORT-FORMAT");
  }

  @Test
  void more_content_than_is_allowed_is_refused_before_any_is_taken() {
    FlowForge from = on(here.handle());
    ended(from);
    FlowForge to = on(there.handle());
    InputStream archive = new ByteArrayInputStream(archive(from));
    ImportOptions options = ImportOptions.DEFAULT.withBlobLimit(304_999).withExecutionId("y");
    assertThatThrownBy(() -> to.operations().importExecution(archive, options))
        .hasMessageContaining("305000 bytes, the limit is 304999")
        .extracting("code")
        .isEqualTo("FF-IMPORT-BLOBS");
    assertThat(there.handle().scan("blob", "", "", 10).toCompletableFuture().join()).isEmpty();
    to.operations()
        .importExecution(new ByteArrayInputStream(archive(from)), options.withBlobLimit(305_000));
    assertThat(to.execution("y")).isPresent();
    assertThatThrownBy(
            () -> to.operations().importExecution(new ByteArrayInputStream(archive(from)), options))
        .extracting("code")
        .isEqualTo("FF-IMPORT-EXISTS");
  }

  @Test
  void a_death_before_the_execution_is_written_leaves_blobs_and_the_next_import_is_whole()
      throws Exception {
    FlowForge from = on(here.handle());
    ended(from);
    byte[] archive = archive(from);
    FlakyStore store = new FlakyStore(there.handle(), () -> {}, () -> false);
    FlowForge doomed = on(store);
    store.failCommit(1, FlakyStore.Fault.DIES_BEFORE);
    assertThatThrownBy(() -> bring(doomed, archive)).isInstanceOf(RuntimeException.class);
    assertThat(there.handle().scan("blob", "", "", 10).toCompletableFuture().join()).hasSize(2);
    assertThat(there.find("x").toCompletableFuture().join()).isEmpty();
    FlowForge next = on(there.handle());
    assertThat(read(next, bring(next, archive), "b")).hasSize(5000);
  }

  @Test
  void the_document_alone_is_taken_where_the_blobs_are_already(@TempDir Path folder)
      throws Exception {
    FlowForge from = on(here.handle(), folder);
    ended(from);
    String document = from.operations().export("x");
    FlowForge to = on(there.handle());
    assertThatThrownBy(() -> to.operations().importExecution(document))
        .hasMessageContaining("import the archive")
        .extracting("code")
        .isEqualTo("FF-IMPORT-BLOB");
    FlowForge beside = on(there.handle(), folder);
    assertThat(read(beside, beside.operations().importExecution(document), "b")).hasSize(5000);
    RecordedRun.of(document)
        .with(builder -> builder.action(new Make()).action(new Count()))
        .verify(FLOW);
  }

  @Test
  void an_engine_without_the_blobs_exports_the_document_only(@TempDir Path folder) {
    ended(on(here.handle(), folder));
    FlowForge other = on(here.handle());
    OutputStream nowhere = OutputStream.nullOutputStream();
    assertThatThrownBy(() -> other.operations().export("x", nowhere))
        .hasMessageContaining("refers to blob")
        .extracting("code")
        .isEqualTo("FF-EXPORT-BLOB");
    assertThat(other.operations().export("x")).contains("\"blobs\":[{\"id\":\"");
  }

  @Test
  void a_stream_that_takes_no_more_is_told() {
    FlowForge from = on(here.handle());
    ended(from);
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("no space left");
          }
        };
    assertThatThrownBy(() -> from.operations().export("x", full))
        .hasMessageContaining("no space left")
        .extracting("code")
        .isEqualTo("FF-EXPORT-WRITE");
  }
}
