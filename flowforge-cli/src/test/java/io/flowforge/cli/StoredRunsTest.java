package io.flowforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions in an H2 file, each command as if in a process of its own. */
class StoredRunsTest {
  private static final String ASKS =
      """
      id: asks
      inputs: {n: {type: integer, default: 1}}
      nodes:
        first: {type: echo, config: {v: "${inputs.n}"}}
        ask: {type: user-input, dependsOn: [first], config: {prompt: ok?, fields: {ok: {type: boolean}}}}
      outputs: {ok: "${ask.output.ok}"}
      """;
  private static final String LISTENS =
      """
      id: listens
      nodes:
        paid: {type: wait-for-event, config: {event: paid, correlation: o7}}
      outputs: {sum: "${paid.output.sum}"}
      """;
  private static final String FAILS =
      """
      id: fails
      variables: {limit: 1}
      nodes:
        check: {type: conditional, config: {condition: "vars.limit > 3"}}
        good: {type: echo, config: {v: fine}}
        bad: {type: read-file, config: {path: input.txt}}
      edges:
        - {from: check, to: good, port: "true"}
        - {from: check, to: bad, port: "false"}
      outputs: {good: "${good.output.v}", bad: "${bad.output}"}
      """;

  @TempDir Path folder;

  @Test
  void a_run_is_shown_and_listed_by_another_command() throws Exception {
    CommandLineRun run = run("x", ASKS);
    assertThat(run.code()).isEqualTo(4);
    CommandLineRun shown = executions("show", "x");
    assertThat(shown.code()).isEqualTo(4);
    assertThat(shown.at("nodes")).isEqualTo(run.at("nodes"));
    run("y", FAILS);
    assertThat(ids(executions("list"))).containsExactly("y", "x");
    assertThat(ids(executions("list", "--after", "y"))).containsExactly("x");
    assertThat(ids(executions("list", "--limit", "1"))).containsExactly("y");
    assertThat(ids(executions("list", "--flow", "asks"))).containsExactly("x");
    assertThat(ids(executions("list", "--status", "failed,cancelled"))).containsExactly("y");
    assertThat(ids(executions("list", "--tenant", "other"))).isEmpty();
  }

  @Test
  void an_answer_moves_it_on_when_it_is_resumed() throws Exception {
    run("x", ASKS);
    assertThat(executions("answer", "x", "ask", "--value", "{\"ok\": 5}").code()).isEqualTo(3);
    CommandLineRun told = executions("answer", "x", "ask", "--value", "{\"ok\": true}");
    assertThat(told.code()).isZero();
    assertThat(told.document()).containsOnlyKeys("executionId", "status");
    CommandLineRun end = executions("resume", "x");
    assertThat(end.code()).isZero();
    assertThat(end.at("outputs")).isEqualTo(Map.of("ok", true));
    assertThat(executions("show", "x").at("outputs")).isEqualTo(Map.of("ok", true));
    assertThat(executions("answer", "x", "ask", "--value", "1").at("error", "code"))
        .isEqualTo("FF-ANSWER-UNEXPECTED");
  }

  @Test
  void a_signal_is_kept_until_the_execution_goes_on() throws Exception {
    run("x", LISTENS);
    CommandLineRun told = executions("signal", "x", "paid", "--payload", "{\"sum\": 12}");
    assertThat(told.at("status")).isEqualTo("WAITING");
    assertThat(executions("resume", "x").at("outputs")).isEqualTo(Map.of("sum", 12));
    assertThat(executions("signal", "x", "paid").at("error", "code")).isEqualTo("FF-SIGNAL-FINAL");
  }

  @Test
  void an_event_reaches_all_that_wait_for_it_once_for_its_id() throws Exception {
    run("x", LISTENS);
    String[] publish = {
      "publish", "paid", "--correlation", "o7", "--payload", "{\"sum\": 3}", "--event-id", "e1"
    };
    InStore store = new InStore(folder);
    assertThat(store.run(publish).at("woken")).isEqualTo(1);
    assertThat(store.run(publish).at("woken")).isEqualTo(1);
    assertThat(executions("resume", "x").at("outputs")).isEqualTo(Map.of("sum", 3));
    assertThat(run("y", LISTENS).code()).as("the second was none").isEqualTo(4);
    assertThat(store.run("publish", "paid", "--tenant", "acme").at("woken")).isEqualTo(0);
  }

  @Test
  void a_signal_with_an_id_counts_once() throws Exception {
    run("x", LISTENS);
    String[] signal = {"signal", "x", "paid", "--payload", "{\"sum\": 12}", "--message-id", "m"};
    assertThat(executions(signal).code()).isZero();
    assertThat(executions(signal).code()).isZero();
    assertThat(executions("signal", "x", "paid", "--message-id", " ").at("error", "code"))
        .isEqualTo("FF-MESSAGE-ID");
    assertThat(executions("resume", "x").at("outputs")).isEqualTo(Map.of("sum", 12));
  }

  @Test
  void a_node_run_is_explained() throws Exception {
    run("x", FAILS);
    CommandLineRun good = executions("explain", "x", "good");
    assertThat(good.code()).isZero();
    assertThat(good.at("status")).isEqualTo("SKIPPED");
    assertThat((List<?>) good.at("story")).isNotEmpty();
    assertThat(executions("explain", "x", "none").at("error", "code")).isEqualTo("FF-NODE-UNKNOWN");
  }

  @Test
  void a_known_id_is_gone_on_with_and_another_start_is_refused() throws Exception {
    run("x", ASKS);
    executions("answer", "x", "ask", "--value", "{\"ok\": false}");
    CommandLineRun again = run("x", ASKS);
    assertThat(again.code()).isZero();
    assertThat(again.at("outputs")).isEqualTo(Map.of("ok", false));
    assertThat(run("x", ASKS).document()).isEqualTo(again.document());
    CommandLineRun other = run("x", ASKS, "--input", "n=2");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.at("error", "code")).isEqualTo("FF-START-CONFLICT");
    assertThat(run("x", FAILS).at("error", "code")).isEqualTo("FF-START-CONFLICT");
  }

  @Test
  void a_cancelled_execution_ends_when_it_is_resumed() throws Exception {
    run("x", ASKS);
    assertThat(executions("cancel", "x", "--reason", "no longer wanted").code()).isZero();
    CommandLineRun end = executions("resume", "x");
    assertThat(end.code()).isEqualTo(1);
    assertThat(end.at("status")).isEqualTo("CANCELLED");
    assertThat(end.at("error", "message")).asString().contains("no longer wanted");
    assertThat(executions("cancel", "x").at("status")).isEqualTo("CANCELLED");
  }

  @Test
  void a_paused_execution_goes_on_when_it_is_resumed() throws Exception {
    run("x", ASKS);
    executions("pause", "x");
    executions("answer", "x", "ask", "--value", "{\"ok\": true}");
    assertThat(run("x", ASKS).at("status")).isEqualTo("PAUSED");
    CommandLineRun end = executions("resume", "x");
    assertThat(end.at("status")).isEqualTo("COMPLETED");
  }

  @Test
  void a_retry_runs_what_failed_and_a_fork_what_it_names() throws Exception {
    assertThat(run("x", FAILS).code()).isEqualTo(1);
    CommandLineRun fork = executions("fork", "x", "--node", "check", "--var", "limit=7");
    assertThat(fork.code()).isZero();
    assertThat(fork.at("outputs", "good")).isEqualTo("fine");
    Files.writeString(folder.resolve("input.txt"), "there");
    CommandLineRun retry = executions("retry", "x", "--root", folder.toString());
    assertThat(retry.code()).isZero();
    assertThat(retry.at("executionId")).isEqualTo("x~3");
    assertThat(retry.at("outputs", "bad")).asString().contains("there");
    assertThat(executions("fork", "x", "--node", "none").at("error", "code"))
        .isEqualTo("FF-NODE-UNKNOWN");
  }

  @Test
  void a_sub_flow_and_an_error_flow_are_waited_for() throws Exception {
    Path flows = Files.createDirectory(folder.resolve("flows"));
    Files.writeString(
        flows.resolve("child.yaml"),
        "nodes: {p: {type: wait, config: {duration: 1s}}, f: {type: fail, dependsOn: [p]}}");
    Files.writeString(
        flows.resolve("alarm.yaml"),
        "nodes: {w: {type: write-file, config: {path: alarm.txt, content: hi}}}");
    String parent =
        "settings: {errorFlow: alarm}\nnodes: {s: {type: subflow, config: {flow: child}}}";
    assertThat(run("x", parent, "--flows", flows.toString()).code()).isEqualTo(1);
    assertThat(folder.resolve("alarm.txt")).hasContent("hi");
    assertThat(executions("show", "x.error").code()).isZero();
  }

  @Test
  void logs_tell_what_is_recorded_of_node_runs() throws Exception {
    run("x", FAILS);
    CommandLineRun all = executions("logs", "x");
    assertThat((List<?>) all.at("nodes")).hasSize(3);
    CommandLineRun one = executions("logs", "x", "--node", "bad");
    Map<?, ?> line = (Map<?, ?>) ((List<?>) one.at("nodes")).get(0);
    assertThat(line.get("node")).isEqualTo("bad");
    assertThat(line.get("status")).isEqualTo("FAILED");
    assertThat(line.get("attempts")).isEqualTo(1);
    assertThat(executions("logs", "x", "--node", "none").at("error", "code"))
        .isEqualTo("FF-NODE-UNKNOWN");
  }

  @Test
  void an_execution_is_exported_and_imported_under_another_id() throws Exception {
    CommandLineRun run = run("x", ASKS);
    Path file = folder.resolve("x.json");
    Files.writeString(file, executions("export", "x").out());
    CommandLineRun taken = executions("import", file.toString(), "--id", "y");
    assertThat(taken.code()).isZero();
    assertThat(taken.at("status")).isEqualTo("PARKED");
    assertThat(executions("show", "y").at("nodes")).isEqualTo(run.at("nodes"));
    executions("answer", "y", "ask", "--value", "{\"ok\": true}");
    assertThat(executions("resume", "y").at("outputs")).isEqualTo(Map.of("ok", true));
    assertThat(executions("import", file.toString()).at("error", "code"))
        .isEqualTo("FF-IMPORT-EXISTS");
    assertThat(executions("import", "none.json").at("error", "code")).isEqualTo("FF-CLI-FILE");
  }

  @Test
  void an_archive_takes_large_outputs_along() throws Exception {
    run(
        "x",
        """
        nodes:
          large: {type: echo, config: {a: "${repeat('x', 700000)}", b: "${repeat('y', 700000)}"}}
        """);
    Path file = folder.resolve("x.zip");
    CommandLineRun written = executions("export", "x", "--to", file.toString());
    assertThat(written.code()).isZero();
    assertThat(written.at("bytes")).isEqualTo((int) Files.size(file));
    InStore other = new InStore(Files.createDirectory(folder.resolve("other")));
    Path alone = folder.resolve("x.json");
    Files.writeString(alone, executions("export", "x").out());
    assertThat(other.run("executions", "import", alone.toString()).at("error", "code"))
        .isEqualTo("FF-IMPORT-BLOB");
    CommandLineRun taken = other.run("executions", "import", file.toString());
    assertThat(taken.at("status")).isEqualTo("COMPLETED");
    Path again = folder.resolve("again.zip");
    assertThat(other.run("executions", "export", "x", "--to", again.toString()).code()).isZero();
    assertThat(entries(again)).isEqualTo(entries(file)).hasSize(2);
    assertThat(Files.exists(folder.resolve("x.zip.part"))).isFalse();
    assertThat(executions("export", "x", "--blobs", alone.toString()).code()).isEqualTo(2);
  }

  private static List<String> entries(Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void logs_show_the_lines_that_nodes_wrote() throws Exception {
    run(
        "x",
        """
        id: speaks
        nodes:
          a: {type: log, config: {message: "careful", level: warn}}
          b: {type: log, config: {message: "done"}, dependsOn: [a]}
        """);
    CommandLineRun all = executions("logs", "x");
    assertThat((List<?>) all.at("lines"))
        .extracting(line -> String.valueOf(((Map<?, ?>) line).get("message")))
        .containsExactly("careful", "done");
    CommandLineRun some = executions("logs", "x", "--level", "warn");
    assertThat((List<?>) some.at("lines")).hasSize(1);
    assertThat((List<?>) executions("logs", "x", "--after", "2").at("lines")).isEmpty();
    assertThat(executions("logs", "x", "--level", "loud").code()).isEqualTo(2);
  }

  @Test
  void a_run_is_drawn_from_the_store() throws Exception {
    run("x", FAILS);
    CommandLineRun drawn =
        CommandLineRun.of("graph", "--execution", "x", "--store", store(), "--format", "dot");
    assertThat(drawn.code()).isZero();
    assertThat(drawn.out()).contains("digraph", "check", "bad");
  }

  @Test
  void an_unknown_id_is_refused_by_every_verb() throws Exception {
    for (String verb :
        List.of(
            "show x",
            "logs x",
            "explain x a",
            "export x",
            "cancel x",
            "pause x",
            "resume x",
            "retry x",
            "unpark x",
            "discard x",
            "set-variables x --var a=1",
            "migrate x --to 1",
            "migrate x --to 1 --dry-run",
            "fork x --node a",
            "answer x a --value 1",
            "signal x e",
            "list --after x")) {
      CommandLineRun refused = executions(verb.split(" "));
      assertThat(refused.code()).as(verb).isEqualTo(2);
      assertThat(refused.at("error", "code")).as(verb).isEqualTo("FF-EXECUTION-UNKNOWN");
    }
  }

  @Test
  void what_a_killed_process_left_is_gone_on_with() throws Exception {
    String flow =
        """
        nodes:
          mark: {type: write-file, config: {path: begun.txt, content: x}}
          pause: {type: wait, dependsOn: [mark], config: {duration: 4s}}
          end: {type: echo, dependsOn: [pause], config: {v: "${pause.output.waitedFrom}"}}
        outputs: {v: "${end.output.v}"}
        """;
    kill(start("x", flow), folder.resolve("begun.txt"));
    CommandLineRun end = executions("resume", "--all", "--root", folder.toString());
    assertThat(end.code()).isZero();
    Map<?, ?> document = (Map<?, ?>) ((List<?>) end.at("executions")).get(0);
    assertThat(document.get("executionId")).isEqualTo("x");
    assertThat(document.get("status")).isEqualTo("COMPLETED");
    assertThat(executions("resume", "x").at("outputs")).isEqualTo(document.get("outputs"));
    assertThat((List<?>) executions("resume", "--all").at("executions")).isEmpty();
  }

  /** Waits until a process has made a file, then kills it hard. */
  private void kill(Process process, Path made) throws Exception {
    try {
      while (process.isAlive() && !Files.exists(made)) {
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
      assertThat(made).as("made by the child; it said " + read("child.log")).exists();
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private Process start(String id, String flow) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FlowForgeCli.class.getName());
    command.addAll(Arrays.asList(runArguments(id, flow)));
    File log = folder.resolve("child.log").toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private CommandLineRun run(String id, String flow, String... options) throws IOException {
    return CommandLineRun.of(runArguments(id, flow, options));
  }

  private String[] runArguments(String id, String flow, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("flow.yaml"), flow);
    String[] own = {"run", file.toString(), "--execution-id", id, "--store", store()};
    return Stream.concat(Arrays.stream(own), Arrays.stream(options)).toArray(String[]::new);
  }

  private CommandLineRun executions(String... rest) {
    Stream<String> all =
        Stream.of(Stream.of("executions"), Arrays.stream(rest), Stream.of("--store", store()))
            .flatMap(part -> part);
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String store() {
    return "jdbc:h2:file:" + folder.resolve("store").toAbsolutePath();
  }

  private static List<Object> ids(CommandLineRun list) {
    return ((List<?>) list.at("executions"))
        .stream().<Object>map(line -> ((Map<?, ?>) line).get("executionId")).toList();
  }
}
