package io.flowforge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Credential;
import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.Json;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.Secret;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Doc;
import io.flowforge.spi.Keyring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise P18 over a whole store: no byte of it holds a secret, whatever flows do. */
final class CredentialsInFileTest {
  private static final String CANARY = "canary-4711-of-the-vault";
  private static final String MARK = "mark-that-is-no-secret";
  private static final int FLOWS = 40;
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** What a node is told. */
  record LeakConfig(
      @Doc("The credential.") Secret key,
      @Doc("How to leak it.") int way,
      @Doc("Anything.") @Nullable Object more) {}

  /** Tries to let its credential out. */
  private static final class Leak implements Action<LeakConfig> {
    @Override
    public ActionDescriptor<LeakConfig> descriptor() {
      return ActionDescriptor.of("leak", LeakConfig.class).title("Leak");
    }

    @Override
    public @Nullable Object run(LeakConfig config, ActionContext context) {
      String text = context.credential("crm.token").reveal();
      return switch (config.way()) {
        case 0 -> throw new IllegalStateException("401 for " + text);
        case 1 ->
            throw ActionException.transientFailure("X", text)
                .withDetails(Map.of(text, List.of(config.key(), text)));
        case 2 -> CompletableFuture.failedFuture(new IllegalStateException(text));
        case 3 -> Map.of("key", config.key());
        case 4 -> throw new IllegalStateException(encoded(text));
        case 5 -> {
          context.emit(List.of(config.key()));
          yield MARK;
        }
        case 6 -> throw new AssertionError(config + text);
        default -> config.key().reveal().length() + MARK;
      };
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Flow flow(Random random) {
    List<String> nodes = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String policy =
          List.of(
                  "",
                  ", onError: continue",
                  ", retry: {maxAttempts: 2, delay: 1ms}",
                  ", onError: continue, fallback: '${credentials.crm.token}'")
              .get(random.nextInt(4));
      String more = random.nextBoolean() ? ", more: {deep: ['${credentials.crm.token}']}" : "";
      nodes.add(
          "n%d: {type: leak, dependsOn: [%s]%s, config: {key: '${credentials.crm.token}', way: %d%s}}"
              .formatted(i, i == 0 ? "" : "n" + (i - 1), policy, random.nextInt(9), more));
    }
    return Flow.parse("id: leaky\nnodes: {" + String.join(", ", nodes) + "}");
  }

  @Test
  void p18_random_failing_flows_leave_no_secret_in_the_file() throws IOException {
    String url = "jdbc:h2:file:" + folder.resolve("flows");
    List<FlowEvent> heard = new CopyOnWriteArrayList<>();
    StringBuilder shown = new StringBuilder();
    try (FlowForge forge =
        FlowForge.builder()
            .discoverPlugins(false)
            .store(JdbcStore.at(url))
            .keyring(Keyring.of("k", new byte[32]))
            .action(new Leak())
            .build()) {
      forge
          .credentials()
          .save(
              Credential.of("crm", Map.of("token", Secret.of(CANARY)), "*").withDescription(MARK));
      forge.events().subscribe(heard::add);
      Random random = new Random(18);
      for (int i = 0; i < FLOWS; i++) {
        Execution execution = forge.start(flow(random), Map.of());
        shown.append(look(forge, execution.await(LONG)));
      }
      assertThat(forge.credentials().rotate()).isZero();
      shown.append(forge.credentials().list(""));
    }
    heard.forEach(event -> shown.append(Json.write(event.toValue())));
    assertThat(shown).contains(MARK, "***").doesNotContain(CANARY, encoded(CANARY));
    byte[] file = bytes();
    assertThat(holds(file, MARK)).as("the search finds what is there").isTrue();
    assertThat(holds(file, CANARY)).isFalse();
    assertThat(holds(file, encoded(CANARY))).isFalse();
    assertThat(new String(file, StandardCharsets.UTF_16BE)).doesNotContain(CANARY);
  }

  private static String look(FlowForge forge, ExecutionResult result) {
    StringBuilder all = new StringBuilder();
    all.append(result).append(result.snapshot()).append(result.error());
    Execution execution = forge.execution(result.executionId()).orElseThrow();
    all.append(execution.snapshot());
    for (Node node : result.snapshot().flow().nodes()) {
      all.append(Json.write(execution.explain(node.id()).toValue()));
    }
    for (NodeSnapshot node : execution.snapshot().nodes()) {
      all.append(node.output()).append(node.error());
    }
    return all.toString();
  }

  private byte[] bytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Path file =
          files.filter(found -> found.toString().endsWith(".mv.db")).findFirst().orElseThrow();
      return Files.readAllBytes(file);
    }
  }

  private static boolean holds(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }
}
