package io.flowforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  private static final String GREETING =
      """
      inputs:
        name: {type: string, required: true}
        times: {type: integer, default: 1}
        extra: {type: any}
      nodes:
        hello: {type: set, config: {values: {text: "Hello ${inputs.name}"}}}
        all: {type: echo, dependsOn: [hello], config: {inputs: "${inputs}"}}
      outputs:
        text: ${hello.output.text}
        inputs: ${all.output.inputs}
      """;

  @TempDir Path folder;

  @Test
  void prints_what_came_of_the_run_and_of_every_node() throws Exception {
    CommandLineRun run = run(GREETING, "--input", "name=World");
    assertThat(run.code()).isZero();
    assertThat(run.document().keySet())
        .containsExactly(
            "executionId", "flow", "status", "outputs", "error", "durationMs", "nodes");
    assertThat(run.at("status")).isEqualTo("COMPLETED");
    assertThat(run.at("outputs", "text")).isEqualTo("Hello World");
    assertThat(run.at("error")).isNull();
    assertThat(run.at("durationMs")).isInstanceOf(Number.class);
    assertThat(run.at("nodes", "hello", "attempts")).isEqualTo(1);
    assertThat(run.at("nodes", "hello", "output")).isEqualTo(Map.of("text", "Hello World"));
    assertThat(run.at("nodes", "hello", "startedAt"))
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void takes_inputs_as_json_or_as_text_and_those_by_name_win() throws Exception {
    Path inputs = write("inputs.json", "{\"name\": \"file\", \"times\": 2}");
    CommandLineRun run =
        run(GREETING, "--inputs", inputs.toString(), "--input", "name=5", "--input", "extra=[1,2]");
    assertThat(run.at("outputs", "inputs"))
        .isEqualTo(Map.of("name", "5", "times", 2, "extra", List.of(1, 2)));
    assertThat(run(GREETING, "--input", "name=x", "--input", "extra=a [b").at("outputs", "inputs"))
        .isEqualTo(Map.of("name", "x", "times", 1, "extra", "a [b"));
  }

  @Test
  void ends_with_3_and_the_problems_when_inputs_do_not_fit() throws Exception {
    CommandLineRun run = run(GREETING, "--input", "times=often");
    assertThat(run.code()).isEqualTo(3);
    assertThat(paths(run)).contains("/inputs/name", "/inputs/times");
  }

  @Test
  void ends_with_3_when_the_inputs_file_is_no_json_object() throws Exception {
    Path list = write("list.json", "[1]");
    Path broken = write("broken.json", "{\"name\": ");
    assertThat(run(GREETING, "--inputs", list.toString()).code()).isEqualTo(3);
    CommandLineRun run = run(GREETING, "--inputs", broken.toString());
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).contains("broken.json");
  }

  @Test
  void ends_with_3_and_all_problems_when_the_flow_is_invalid() throws Exception {
    CommandLineRun run =
        run("nodes: {a: {type: ecko}, b: {type: echo, timeout: soon, dependsOn: [nix]}}");
    assertThat(run.code()).isEqualTo(3);
    assertThat(paths(run)).contains("/nodes/a/type", "/nodes/b/timeout", "/nodes/b/dependsOn/0");
    assertThat(run.err()).contains("FF-DEF");
  }

  @Test
  void ends_with_1_when_the_flow_fails() throws Exception {
    CommandLineRun run = run("nodes: {a: {type: fail, config: {message: no, code: X-NO}}}");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.at("status")).isEqualTo("FAILED");
    assertThat(run.at("error", "code")).isEqualTo("X-NO");
    assertThat(run.at("nodes", "a", "error", "code")).isEqualTo("X-NO");
  }

  @Test
  void ends_with_4_at_once_when_only_a_person_can_move_it_on() throws Exception {
    CommandLineRun run = run("nodes: {ask: {type: user-input, config: {prompt: ok?}}}");
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.at("nodes", "ask", "status")).isEqualTo("WAITING");
  }

  @Test
  void waits_for_time_outs_of_its_own() throws Exception {
    CommandLineRun run =
        run("nodes: {ask: {type: user-input, config: {prompt: ok?, timeout: 50ms, default: 1}}}");
    assertThat(run.code()).isZero();
  }

  @Test
  void ends_with_4_when_it_is_not_over_in_time() throws Exception {
    CommandLineRun run =
        run("nodes: {a: {type: wait, config: {duration: 1h}}}", "--timeout", "50ms");
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.at("status")).isEqualTo("WAITING");
  }

  @Test
  void fires_the_named_trigger_only() throws Exception {
    CommandLineRun run = run("nodes: {a: {type: manual}, b: {type: manual}}", "--trigger", "b");
    assertThat(run.at("nodes", "a", "status")).isEqualTo("SKIPPED");
    assertThat(run.at("nodes", "b", "status")).isEqualTo("COMPLETED");
  }

  @Test
  void finds_sub_flows_in_a_folder() throws Exception {
    Path flows = Files.createDirectory(folder.resolve("flows"));
    Files.writeString(flows.resolve("child.yaml"), "nodes: {a: {type: echo, config: {v: 1}}}");
    CommandLineRun run =
        run("nodes: {s: {type: subflow, config: {flow: child}}}", "--flows", flows.toString());
    assertThat(run.at("nodes", "s", "output")).isEqualTo(Map.of("a", Map.of("v", 1)));
  }

  @Test
  void names_the_file_of_a_folder_that_is_invalid() throws Exception {
    Path flows = Files.createDirectory(folder.resolve("flows"));
    Files.writeString(flows.resolve("child.yaml"), "nodes: {a: {type: ecko}}");
    CommandLineRun run = run("nodes: {a: {type: echo}}", "--flows", flows.toString());
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).contains("child.yaml");
  }

  @Test
  void waits_for_the_error_flow_too() throws Exception {
    Path flows = Files.createDirectory(folder.resolve("flows"));
    Files.writeString(
        flows.resolve("alarm.yaml"),
        """
        nodes:
          pause: {type: wait, config: {duration: 50ms}}
          note:
            type: write-file
            dependsOn: [pause]
            config: {path: alarm.txt, content: "${inputs.error.code}"}
        """);
    run(
        "settings: {errorFlow: alarm}\nnodes: {a: {type: fail, config: {message: no, code: X}}}",
        "--flows",
        flows.toString());
    assertThat(folder.resolve("alarm.txt")).hasContent("X");
  }

  @Test
  void writes_every_event_as_a_line_of_json() throws Exception {
    CommandLineRun run = run("nodes: {a: {type: echo}}", "--events");
    List<Object> types =
        run.err().lines().<Object>map(line -> ((Map<?, ?>) Json.parse(line)).get("type")).toList();
    assertThat(types)
        .startsWith("connection:established", "execution:started")
        .contains("node:completed")
        .endsWith("execution:completed");
  }

  @Test
  void writes_the_events_of_the_error_flow_too() throws Exception {
    Path flows = Files.createDirectory(folder.resolve("flows"));
    Files.writeString(flows.resolve("alarm.yaml"), "nodes: {note: {type: echo}}");
    CommandLineRun run =
        run(
            "settings: {errorFlow: alarm}\nnodes: {a: {type: fail, config: {message: no}}}",
            "--events",
            "--flows",
            flows.toString());
    assertThat(run.err()).contains("execution:failed", "execution:completed", "alarm");
  }

  @Test
  void draws_the_run_into_a_file() throws Exception {
    for (String name : List.of("run.svg", "run.mmd", "run.dot")) {
      Path trace = folder.resolve(name);
      assertThat(run("nodes: {first: {type: echo}}", "--trace", trace.toString()).code()).isZero();
      assertThat(trace).content().contains("first");
    }
  }

  @Test
  void refuses_a_trace_it_cannot_write_before_it_runs() throws Exception {
    assertThat(run("nodes: {a: {type: echo}}", "--trace", "run.png").code()).isEqualTo(2);
    String nowhere = folder.resolve("none/run.svg").toString();
    assertThat(run("nodes: {a: {type: echo}}", "--trace", nowhere).code()).isEqualTo(2);
  }

  @Test
  void confines_file_actions_to_the_root() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    String flow = "nodes: {w: {type: write-file, config: {path: out.txt, content: hi}}}";
    assertThat(run(flow, "--root", root.toString()).code()).isZero();
    assertThat(root.resolve("out.txt")).hasContent("hi");
    assertThat(run(flow.replace("out.txt", "../out.txt"), "--root", root.toString()).code())
        .isEqualTo(1);
  }

  @Test
  void runs_under_an_id_of_ones_own() throws Exception {
    assertThat(run("nodes: {a: {type: echo}}", "--execution-id", "mine").at("executionId"))
        .isEqualTo("mine");
    assertThat(run("nodes: {a: {type: echo}}", "--execution-id", " ").code()).isEqualTo(2);
  }

  @Test
  void shows_iterations_by_their_addresses() throws Exception {
    CommandLineRun run =
        run("nodes: {l: {type: loop, config: {times: 2, body: {nodes: {x: {type: echo}}}}}}");
    assertThat(run.at("nodes", "l[1]/x", "status")).isEqualTo("COMPLETED");
  }

  private CommandLineRun run(String flow, String... options) throws IOException {
    Path file = write("flow.yaml", flow);
    String[] args = new String[options.length + 2];
    args[0] = "run";
    args[1] = file.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    return CommandLineRun.of(args);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<Object> paths(CommandLineRun run) {
    return ((List<?>) run.at("problems"))
        .stream().<Object>map(problem -> ((Map<?, ?>) problem).get("path")).toList();
  }
}
