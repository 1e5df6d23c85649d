package io.flowforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateAndGraphTest {
  @TempDir Path folder;

  @Test
  void prints_no_problems_for_flows_that_can_run() throws Exception {
    CommandLineRun run = CommandLineRun.of("validate", file("a.yaml", "nodes: {a: {type: echo}}"));
    assertThat(run.code()).isZero();
    assertThat(run.document()).isEqualTo(Map.of("problems", List.of()));
  }

  @Test
  void prints_the_problems_of_all_files_with_their_places() throws Exception {
    String good = file("good.yaml", "nodes: {a: {type: echo}}");
    String bad = file("bad.yaml", "nodes: {a: {type: echo, dependsOn: [b]}}");
    String worse = file("worse.json", "{\"nodes\": ");
    CommandLineRun run = CommandLineRun.of("validate", good, bad, worse);
    assertThat(run.code()).isEqualTo(3);
    List<?> problems = (List<?>) run.at("problems");
    assertThat(problems)
        .allSatisfy(
            problem ->
                assertThat(((Map<?, ?>) problem).keySet())
                    .isEqualTo(java.util.Set.of("file", "code", "path", "node", "message")));
    assertThat(run.out()).contains("bad.yaml", "worse.json").doesNotContain("good.yaml");
  }

  @Test
  void draws_a_flow_in_the_wanted_form() throws Exception {
    String flow = file("a.yaml", "nodes: {first: {type: echo}}");
    assertThat(CommandLineRun.of("graph", flow).out()).contains("flowchart LR", "first");
    assertThat(CommandLineRun.of("graph", flow, "--format", "dot").out()).startsWith("digraph");
    assertThat(CommandLineRun.of("graph", flow, "--format", "svg").out()).contains("<svg");
    assertThat(CommandLineRun.of("graph", flow, "--format", "png").code()).isEqualTo(2);
    assertThat(CommandLineRun.of("graph").code()).isEqualTo(2);
  }

  @Test
  void draws_also_what_cannot_run() throws Exception {
    String cyclic =
        file("a.yaml", "nodes: {a: {type: echo, dependsOn: [b]}, b: {type: x, dependsOn: [a]}}");
    assertThat(CommandLineRun.of("graph", cyclic).code()).isZero();
    assertThat(CommandLineRun.of("graph", file("b.yaml", "nodes: 5")).code()).isEqualTo(3);
  }

  @Test
  void cannot_draw_runs_of_other_processes() {
    CommandLineRun run = CommandLineRun.of("graph", "--execution", "x");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.at("error", "code")).isEqualTo("FF-STORE-MEMORY");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
