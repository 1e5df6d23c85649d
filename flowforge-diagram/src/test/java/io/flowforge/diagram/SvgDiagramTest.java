package io.flowforge.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class SvgDiagramTest {
  private static final Path CORPUS = Path.of("../../shared/corpora/naughty-strings/blns.txt");

  @Test
  void of_a_flow_shows_names_types_ports_and_conditions() throws Exception {
    Document document = parse(SvgDiagram.of(Samples.flow()).svg());
    assertThat(texts(document))
        .contains("Every status", "11 nodes", "root", "input", "each", "loop", "x", "error")
        .contains("[root.output.n > 1]", "error path")
        .doesNotContain("completed · 4 ms");
  }

  @Test
  void of_a_run_shows_states_durations_errors_and_a_legend() throws Exception {
    Document document = parse(SvgDiagram.of(Samples.run()).svg());
    assertThat(texts(document))
        .contains("failed · 1.3 s · 11 nodes", "failed · 4 ms · FF-TIMEOUT", "completed · 1.2 s")
        .contains("completed · 2 runs · 1.2 s", "running", "compensation failed", "critical path");
  }

  @Test
  void marks_the_critical_path_and_dead_edges() throws Exception {
    Document document = parse(SvgDiagram.of(Samples.run()).svg());
    assertThat(classes(document, "rect")).contains("ff-card ff-completed ff-critical");
    assertThat(classes(document, "path"))
        .contains("ff-wire ff-critical", "ff-wire ff-dead", "ff-wire ff-taken");
  }

  @Test
  void odd_strings_leave_it_well_formed() throws Exception {
    List<String> odd = oddStrings();
    Flow.Builder flow = Flow.builder("f").name(String.join("", odd)).node("root", "echo");
    for (int i = 0; i < odd.size(); i++) {
      String text = odd.get(i);
      flow.node("n" + i, text, node -> node.name(text));
      flow.edge(Edge.of("root", "n" + i).onPort(text).when(text));
    }
    String svg = SvgDiagram.of(flow.build()).svg();
    Document document = parse(svg);
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(classes(document, "rect"))
        .filteredOn(name -> name.startsWith("ff-card"))
        .hasSize(odd.size() + 1);
    assertThat(svg).doesNotContain("\u202e", "\u2066");
  }

  private static List<String> oddStrings() throws IOException {
    List<String> odd =
        new ArrayList<>(
            List.of("]]>", "<!--", "&#0;", "\0\u0001\uffff", "\ud83d", "a\nb\tc", "\u202eabc", ""));
    if (Files.exists(CORPUS)) {
      Files.readAllLines(CORPUS).stream().filter(line -> !line.startsWith("#")).forEach(odd::add);
    } else {
      System.getLogger(SvgDiagramTest.class.getName())
          .log(System.Logger.Level.INFO, "no corpus at " + CORPUS);
    }
    return odd;
  }

  @Test
  void draws_the_same_picture_every_time() {
    assertThat(SvgDiagram.of(Samples.run()).svg()).isEqualTo(SvgDiagram.of(Samples.run()).svg());
  }

  @Test
  void draws_flows_with_cycles_self_loops_and_nothing_at_all() throws Exception {
    Flow cyclic =
        Flow.builder("f")
            .node("a", "echo")
            .node("b", "echo")
            .edge("a", "b")
            .edge("b", "a")
            .edge("b", "b")
            .edge("a", "gone")
            .build();
    assertThat(classes(parse(SvgDiagram.of(cyclic).svg()), "path"))
        .filteredOn(name -> name.startsWith("ff-wire"))
        .hasSize(3);
    assertThat(texts(parse(SvgDiagram.of(Flow.builder("none").build()).svg()))).contains("0 nodes");
  }

  @Test
  void draws_very_large_flows_in_columns() {
    Flow.Builder flow = Flow.builder("large").node("n0", "echo");
    IntStream.range(1, 20_000)
        .forEach(i -> flow.node("n" + i, "echo").edge("n" + (i - 1) / 7, "n" + i));
    assertThat(SvgDiagram.of(flow.build()).svg()).contains(">n19999</text>");
  }

  @Test
  void is_written_to_a_file(@TempDir Path folder) throws IOException {
    SvgDiagram diagram = SvgDiagram.of(Samples.flow());
    diagram.write(folder.resolve("flow.svg"));
    assertThat(folder.resolve("flow.svg")).hasContent(diagram.svg());
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document document) {
    NodeList texts = document.getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getLastChild().getTextContent())
        .toList();
  }

  private static List<String> classes(Document document, String element) {
    NodeList elements = document.getElementsByTagName(element);
    return IntStream.range(0, elements.getLength())
        .mapToObj(i -> elements.item(i).getAttributes().getNamedItem("class"))
        .filter(name -> name != null)
        .map(org.w3c.dom.Node::getNodeValue)
        .toList();
  }
}
