package io.flowforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do to executions in an H2 file, each command as if in a process of its own. */
class OperatingTest {
  private static final String ASKS =
      """
      id: asks
      variables: {limit: 1}
      nodes:
        first: {type: echo, config: {v: 1}}
        ask: {type: user-input, dependsOn: [first], config: {prompt: ok?, fields: {ok: {type: boolean}}}}
        end: {type: echo, dependsOn: [ask], config: {v: "%s ${vars.limit}"}}
      outputs: {v: "${end.output.v}"}
      """;
  private static final String READS =
      """
      id: reads
      nodes:
        before: {type: echo, config: {v: 1}}
        read: {type: read-file, dependsOn: [before], config: {path: input.txt}}
      outputs: {text: "${read.output}"}
      """;

  @TempDir Path folder;
  private InStore store;

  @BeforeEach
  void names_a_store() {
    store = new InStore(folder);
  }

  @Test
  void an_execution_moves_to_the_document_of_another_version() throws Exception {
    start("x", ASKS.formatted("old"));
    Path next = Files.writeString(folder.resolve("next.yaml"), ASKS.formatted("new"));
    CommandLineRun moved = executions("migrate", "x", "--to", next.toString());
    assertThat(moved.code()).isZero();
    assertThat(moved.at("status")).isEqualTo("WAITING");
    answer("x");
    assertThat(executions("resume", "x").at("outputs", "v")).isEqualTo("new 1");
  }

  @Test
  void an_execution_moves_to_a_version_that_the_store_keeps() throws Exception {
    start("x", ASKS.formatted("old"));
    assertThat(executions("migrate", "x", "--to", "1").at("error", "code"))
        .isEqualTo("FF-FLOW-UNKNOWN");
    Path next = Files.writeString(folder.resolve("next.yaml"), ASKS.formatted("new"));
    CommandLineRun saved = store.run("flows", "save", next.toString());
    CommandLineRun moved = executions("migrate", "x", "--to", "1");
    assertThat(moved.at("hash")).isEqualTo(saved.at("hash"));
    assertThat(executions("migrate", "x", "--to", "2").at("error", "code"))
        .isEqualTo("FF-FLOW-VERSION");
  }

  @Test
  void what_stands_in_the_way_of_a_migration_is_told() throws Exception {
    start("x", ASKS.formatted("old"));
    Path misfit = folder.resolve("misfit.yaml");
    Files.writeString(misfit, "{id: asks, nodes: {other: {type: echo}}}");
    CommandLineRun refused = executions("migrate", "x", "--to", misfit.toString());
    assertThat(refused.code()).isEqualTo(3);
    assertThat((List<?>) refused.at("problems"))
        .allSatisfy(problem -> assertThat(problem).asString().contains("FF-MIGRATE-"));
    answer("x");
    assertThat(executions("resume", "x").at("outputs", "v")).isEqualTo("old 1");
  }

  @Test
  void a_dry_run_tells_what_a_migration_would_do_and_does_nothing() throws Exception {
    start("x", ASKS.formatted("old"));
    Path next = Files.writeString(folder.resolve("next.yaml"), ASKS.formatted("new"));
    CommandLineRun told = executions("migrate", "x", "--to", next.toString(), "--dry-run");
    assertThat(told.code()).isZero();
    assertThat(told.at("allowed")).isEqualTo(true);
    assertThat(told.at("nodes", "kept")).isEqualTo(List.of("first"));
    assertThat(told.at("nodes", "underWay")).isEqualTo(List.of("ask"));
    assertThat(told.at("nodes", "changed")).isEqualTo(List.of("end"));
    Files.writeString(next, "{id: asks, nodes: {other: {type: echo}}}");
    CommandLineRun refused = executions("migrate", "x", "--to", next.toString(), "--dry-run");
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.at("nodes", "dropped")).isEqualTo(List.of("ask", "end", "first"));
    assertThat((List<?>) refused.at("problems")).hasSize(2);
    answer("x");
    assertThat(executions("resume", "x").at("outputs", "v")).isEqualTo("old 1");
  }

  @Test
  void variables_change_while_an_execution_holds() throws Exception {
    start("x", ASKS.formatted("is"));
    assertThat(executions("set-variables", "x", "--var", "limit=5").at("error", "code"))
        .isEqualTo("FF-EXECUTION-ACTIVE");
    executions("pause", "x");
    CommandLineRun set = executions("set-variables", "x", "--var", "limit=500");
    assertThat(set.code()).isZero();
    assertThat(executions("set-variables", "x", "--var", "none=1").at("error", "code"))
        .isEqualTo("FF-VARIABLE-UNKNOWN");
    answer("x");
    assertThat(executions("resume", "x").at("outputs", "v")).isEqualTo("is 500");
  }

  @Test
  void dead_letters_are_listed_until_they_are_dealt_with() throws Exception {
    start("x", READS);
    start("y", ASKS.formatted("old"));
    take("y", "parked");
    assertThat(letters()).containsExactly("parked", "x");
    CommandLineRun list = executions("dead-letters", "--flow", "reads");
    Map<?, ?> letter = (Map<?, ?>) ((List<?>) list.at("deadLetters")).get(0);
    assertThat(letter.get("node")).isEqualTo("read");
    assertThat(((Map<?, ?>) letter.get("error")).get("code")).asString().startsWith("FF-");
    assertThat(executions("discard", "x", "--reason", "no use").at("status")).isEqualTo("FAILED");
    assertThat(executions("discard", "parked").at("status")).isEqualTo("CANCELLED");
    assertThat(executions("discard", "y").at("error", "code")).isEqualTo("FF-EXECUTION-ACTIVE");
    assertThat(letters()).isEmpty();
  }

  @Test
  void a_parked_execution_goes_on_when_it_is_unparked() throws Exception {
    start("x", ASKS.formatted("is"));
    take("x", "parked");
    answer("parked");
    CommandLineRun end = executions("unpark", "parked");
    assertThat(end.code()).isZero();
    assertThat(end.at("outputs", "v")).isEqualTo("is 1");
    assertThat(executions("unpark", "x").at("error", "code")).isEqualTo("FF-EXECUTION-ACTIVE");
  }

  @Test
  void many_that_failed_are_retried_once_however_often_it_is_asked_for() throws Exception {
    start("a", READS);
    start("b", READS);
    Files.writeString(folder.resolve("input.txt"), "there");
    CommandLineRun page = retryAll("--limit", "1");
    assertThat(page.at("next")).isEqualTo("b");
    assertThat(copies(page, "copy")).containsExactly("b~outage");
    CommandLineRun rest = retryAll("--after", "b");
    assertThat(copies(rest, "copy")).containsExactly("a~outage");
    assertThat(copies(rest, "status")).containsExactly("COMPLETED");
    CommandLineRun again = retryAll("--flow", "reads");
    assertThat(again.code()).isZero();
    assertThat(copies(again, "created")).containsExactly(false, false);
    assertThat(copies(again, "copy")).containsExactly("b~outage", "a~outage");
    assertThat(copies(retryAll("--flow", "other"), "copy")).isEmpty();
  }

  @Test
  void many_are_forked_and_what_is_refused_is_told() throws Exception {
    start("a", READS);
    CommandLineRun forked = executions("fork", "--bulk", "again", "--node", "before");
    assertThat(forked.code()).isEqualTo(1);
    assertThat(copies(forked, "status")).containsExactly("FAILED");
    CommandLineRun refused = executions("fork", "--bulk", "other", "--node", "none");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(copies(refused, "error"))
        .allSatisfy(error -> assertThat(error).asString().contains("FF-NODE-UNKNOWN"));
    assertThat(copies(refused, "copy")).containsOnlyNulls();
  }

  @Test
  void what_ended_is_purged() throws Exception {
    start("x", READS);
    start("y", ASKS.formatted("old"));
    assertThat(purge("COMPLETED,CANCELLED", "1ms")).isEqualTo(0);
    assertThat(purge("FAILED", "7d")).isEqualTo(0);
    assertThat(purge("FAILED", "1ms")).isEqualTo(1);
    assertThat(executions("show", "x").at("error", "code")).isEqualTo("FF-EXECUTION-UNKNOWN");
    assertThat(executions("show", "y").code()).isEqualTo(4);
  }

  @Test
  void the_audit_log_tells_who_did_what() throws Exception {
    start("x", ASKS.formatted("old"));
    executions("pause", "x", "--as", "user:ann");
    executions("cancel", "x", "--as", "user:bob");
    assertThat(entries("--object", "x")).containsExactly("execution.pause", "execution.cancel");
    assertThat(entries("--actor", "user:bob")).containsExactly("execution.cancel");
    assertThat(entries("--action", "flow.")).isEmpty();
    CommandLineRun first = store.run("audit", "--limit", "1");
    Object id = ((Map<?, ?>) ((List<?>) first.at("entries")).get(0)).get("id");
    assertThat(entries("--after", String.valueOf(id))).containsExactly("execution.cancel");
  }

  private void start(String id, String flow) throws IOException {
    Path file = Files.writeString(folder.resolve("flow.yaml"), flow);
    store.run("run", file.toString(), "--execution-id", id);
  }

  private void answer(String id) {
    executions("answer", id, "ask", "--value", "{\"ok\": true}");
  }

  /** Exports an execution and imports it under another id, where it is parked. */
  private void take(String id, String other) throws IOException {
    Path file = Files.writeString(folder.resolve("x.json"), executions("export", id).out());
    executions("import", file.toString(), "--id", other);
  }

  private CommandLineRun retryAll(String... options) {
    List<String> args =
        List.of("executions", "retry", "--bulk", "outage", "--root", folder.toString());
    return store.run(InStore.with(args, options));
  }

  private Object purge(String statuses, String age) {
    return executions("purge", "--status", statuses, "--ended", age).at("deleted");
  }

  private CommandLineRun executions(String... rest) {
    return store.run(
        Stream.concat(Stream.of("executions"), Arrays.stream(rest)).toArray(String[]::new));
  }

  private List<Object> letters() {
    return values(executions("dead-letters"), "deadLetters", "executionId");
  }

  private List<Object> entries(String... options) {
    return values(store.run(InStore.with(List.of("audit"), options)), "entries", "action");
  }

  private static List<Object> copies(CommandLineRun bulk, String name) {
    return values(bulk, "copies", name);
  }

  private static List<Object> values(CommandLineRun list, String key, String name) {
    return ((List<?>) list.at(key))
        .stream().<Object>map(line -> ((Map<?, ?>) line).get(name)).toList();
  }
}
