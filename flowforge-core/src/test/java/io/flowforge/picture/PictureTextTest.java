package io.flowforge.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 18 of the list of flow definition faults: odd strings in every place of a picture. */
class PictureTextTest {
  private static final Path CORPUS = Path.of("../../shared/corpora/naughty-strings/blns.txt");

  private static final String LABEL =
      "\"(?:[ .\\-_]|[^\\p{Cntrl}\\p{Punct}]|#\\d+;|</?small>|<br/>)*\"";
  private static final Pattern MERMAID =
      Pattern.compile(
          "  n\\d+(?:\\(%1$s\\)|\\(\\[%1$s]\\)|\\{\\{%1$s}}|".formatted(LABEL)
              + " (?:==>|-->|-\\.->)(?:\\|%s\\|)? n\\d+)".formatted(LABEL)
              + "|  classDef [a-z]+ [-a-z#0-9:, ]+|  class [n0-9,]+ [a-z]+|flowchart LR");
  private static final Pattern DOT =
      Pattern.compile(
          "  (?:n\\d+(?: -> n\\d+)?|node|edge|graph)"
              + " \\[(?:[a-z]+=(?:[a-zA-Z0-9]+|\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\")(?:, |(?=])))*]"
              + "|digraph flow \\{|}");

  @Test
  void mermaid_of_a_run_shows_states_loops_and_the_critical_path() {
    assertThat(Picture.of(Samples.run()).mermaid())
        .contains(
            "title: \"Order fulfilment · RUNNING\"",
            "n0(\"Check stock<br/><small>http<br/>COMPLETED · 240 ms · 2 attempts</small>\")",
            "n1{{\"stocked",
            "subgraph n2 [\"each",
            "    n3(\"charge",
            "n0 ==> n1",
            "n1 ==>|\"true\"| n2",
            "n1 -.->|\"false\"| n6",
            "n2 ==>|\"#91;each.output.count #62; 0#93;\"| n5",
            "class n0,n1,n2,n4 completed",
            "class n0,n1,n2,n5 critical");
  }

  @Test
  void dot_of_a_run_shows_states_loops_and_the_critical_path() {
    assertThat(Picture.of(Samples.run()).dot())
        .contains(
            "label=\"Order fulfilment · RUNNING\"",
            "n0 [label=\"Check stock\\nhttp\\ncompleted · 240 ms · 2 attempts\"",
            "subgraph cluster_n2 {",
            "n2 -> n3 [lhead=cluster_n2",
            "n1 -> n6 [label=\"false\", style=dashed");
  }

  @ParameterizedTest
  @MethodSource("oddStrings")
  void odd_strings_stay_inside_their_labels(String odd) {
    Flow flow =
        Flow.builder("f")
            .name(odd)
            .node("a", "if", node -> node.name(odd))
            .node("b", odd, node -> node.name(odd))
            .node(odd, "output")
            .edge(Edge.of("a", "b").onPort(odd).when(odd))
            .build();
    Picture picture = Picture.of(flow);
    String mermaid = picture.mermaid();
    assertThat(mermaid).startsWith("---\ntitle: \"");
    assertThat(mermaid.lines().skip(3)).allMatch(line -> MERMAID.matcher(line).matches());
    assertThat(mermaid.lines()).hasSize(10);
    assertThat(picture.dot().lines()).allMatch(line -> DOT.matcher(line).matches());
    assertThat(picture.dot().lines()).hasSize(9);
  }

  static Stream<String> oddStrings() throws IOException {
    Stream<String> own =
        Stream.of(
            "\"]; end",
            "%%{init: {}}%%",
            "`md`",
            "1. list",
            "- list",
            "a\nb",
            "x\r\n---\n",
            "\\",
            "\\\"",
            "end",
            "&quot;",
            "#quot;",
            "<script>",
            "style a:#b;",
            "\\N",
            "😀\ud83d",
            "\u202e",
            "");
    return Stream.concat(own, corpus());
  }

  private static Stream<String> corpus() throws IOException {
    if (!Files.exists(CORPUS)) {
      System.getLogger(PictureTextTest.class.getName())
          .log(System.Logger.Level.INFO, "no corpus at " + CORPUS);
      return Stream.empty();
    }
    List<String> lines = Files.readAllLines(CORPUS);
    return lines.stream().filter(line -> !line.startsWith("#") && !line.isBlank());
  }
}
