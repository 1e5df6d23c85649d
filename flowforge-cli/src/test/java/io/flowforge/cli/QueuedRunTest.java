package io.flowforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that stand in line in an H2 file, each command as if in a process of its own. */
class QueuedRunTest {
  private static final String ASKS =
      """
      nodes:
        ask: {type: user-input, config: {prompt: ok?, fields: {ok: {type: boolean}}}}
      """;
  private static final String SAYS = "{id: says, nodes: {a: {type: echo, config: {v: 1}}}}";

  @TempDir Path folder;
  private InStore store;

  @BeforeEach
  void names_a_store() {
    store = new InStore(folder);
  }

  @Test
  void a_run_waits_in_line_until_the_one_before_has_ended() throws Exception {
    run(ASKS, "--execution-id", "x", "--queue", "q");
    CommandLineRun behind = run(SAYS, "--execution-id", "y", "--queue", "q", "--timeout", "500ms");
    assertThat(behind.code()).isEqualTo(4);
    assertThat(behind.at("status")).isEqualTo("PENDING");
    CommandLineRun beside = run(SAYS, "--queue", "q", "--queue-limit", "5", "--priority", "-1");
    assertThat(beside.code()).isZero();
    store.run("executions", "cancel", "x");
    store.run("executions", "resume", "x");
    assertThat(store.run("executions", "resume", "y").at("status")).isEqualTo("COMPLETED");
  }

  @Test
  void a_full_queue_refuses_when_it_is_told_to() throws Exception {
    run(ASKS, "--queue", "q");
    CommandLineRun skipped = run(SAYS, "--queue", "q", "--overlap", "skip");
    assertThat(skipped.code()).isEqualTo(1);
    assertThat(skipped.at("error", "code")).isEqualTo("FF-OVERLAP");
  }

  @Test
  void a_key_stands_for_the_first_execution() throws Exception {
    CommandLineRun first = run(SAYS, "--dedup-key", "order-7");
    assertThat(run(SAYS, "--dedup-key", "order-7").document()).isEqualTo(first.document());
    assertThat(run(SAYS, "--dedup-key", "order-8").at("executionId"))
        .isNotEqualTo(first.at("executionId"));
  }

  @Test
  void an_execution_is_found_by_its_attributes() throws Exception {
    run(SAYS, "--execution-id", "x", "--attribute", "team=a", "--attribute", "day=1");
    run(SAYS, "--execution-id", "y", "--attribute", "team=b");
    assertThat(found("team=a")).containsExactly("x");
    assertThat(found("team=c")).isEmpty();
  }

  @Test
  void without_a_store_there_are_queues_and_no_keys() throws Exception {
    Path file = Files.writeString(folder.resolve("flow.yaml"), SAYS);
    assertThat(CommandLineRun.of("run", file.toString(), "--queue", "q").code()).isZero();
    CommandLineRun refused = CommandLineRun.of("run", file.toString(), "--dedup-key", "k");
    assertThat(refused.at("error", "code")).isEqualTo("FF-STORE-NONE");
  }

  private CommandLineRun run(String flow, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("flow.yaml"), flow);
    return store.run(InStore.with(List.of("run", file.toString()), options));
  }

  private List<Object> found(String attribute) {
    CommandLineRun list = store.run("executions", "list", "--attribute", attribute);
    return ((List<?>) list.at("executions"))
        .stream().<Object>map(line -> ((Map<?, ?>) line).get("executionId")).toList();
  }
}
