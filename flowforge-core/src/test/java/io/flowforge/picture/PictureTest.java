package io.flowforge.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Join;
import io.flowforge.picture.PictureEdge.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
  @Test
  void of_a_flow_shows_no_states() {
    Picture picture = Picture.of(Samples.order());
    assertThat(picture.title()).isEqualTo("Order fulfilment");
    assertThat(picture.status()).isEmpty();
    assertThat(picture.graph().nodes()).allMatch(node -> node.run().isEmpty());
    assertThat(picture.graph().edges()).allMatch(edge -> edge.state() == State.DRAWN);
    assertThat(picture.graph().edges())
        .extracting(PictureEdge::label)
        .containsExactly("", "true", "false", "[each.output.count > 0]", "error");
  }

  @Test
  void of_a_run_shows_states_attempts_durations_and_reasons() {
    PictureGraph graph = Picture.of(Samples.run()).graph();
    assertThat(facts(graph))
        .containsExactly(
            "Check stock: COMPLETED 240 ms · 2 attempts",
            "stocked: COMPLETED 1 ms",
            "each: COMPLETED 1.2 s",
            "ship: RUNNING ",
            "refuse: SKIPPED no edge was taken",
            "alarm: SKIPPED no edge was taken");
  }

  @Test
  void sums_up_the_iterations_of_a_loop() {
    PictureGraph body = Picture.of(Samples.run()).graph().nodes().get(2).body().orElseThrow();
    assertThat(facts(body))
        .containsExactly(
            "charge: FAILED 2 runs · 1.2 s · 4 attempts · FF-TIMEOUT",
            "note: COMPLETED 2 runs · 1 ms");
    assertThat(body.nodes())
        .extracting(PictureNode::path)
        .containsExactly("each/charge", "each/note");
    assertThat(body.edges()).extracting(PictureEdge::state).containsExactly(State.TAKEN);
  }

  @Test
  void tells_taken_edges_from_dead_ones_and_marks_the_critical_path() {
    PictureGraph graph = Picture.of(Samples.run()).graph();
    assertThat(graph.edges())
        .extracting(PictureEdge::state)
        .containsExactly(State.CRITICAL, State.CRITICAL, State.DEAD, State.CRITICAL, State.DEAD);
    assertThat(graph.nodes())
        .filteredOn(PictureNode::isCritical)
        .extracting(node -> node.node().id())
        .containsExactly("check", "stocked", "each", "ship");
  }

  @Test
  void the_critical_path_passes_over_edges_that_came_too_late() {
    Flow flow =
        Flow.builder("race")
            .node("fast", "echo")
            .node("slow", "echo")
            .node("first", "echo", node -> node.join(Join.ANY))
            .edge("fast", "first")
            .edge("slow", "first")
            .build();
    List<NodeSnapshot> nodes =
        List.of(
            Samples.node("fast", NodeStatus.COMPLETED, "main", 0, 10, 1),
            Samples.node("slow", NodeStatus.COMPLETED, "main", 0, 15, 1),
            Samples.node("first", NodeStatus.COMPLETED, "main", 10, 90, 1));
    Picture picture = Picture.of(Samples.snapshot(flow, ExecutionStatus.COMPLETED, nodes));
    assertThat(picture.graph().edges())
        .extracting(PictureEdge::state)
        .containsExactly(State.CRITICAL, State.TAKEN);
  }

  @Test
  void a_disabled_node_passes_on_and_a_node_nobody_knows_is_pending() {
    Flow flow =
        Flow.builder("f").node("off", "echo").node("next", "echo").edge("off", "next").build();
    NodeSnapshot off =
        new NodeSnapshot(
            "off", "off", "echo", NodeStatus.SKIPPED, null, null, null, 0, null, null, "disabled");
    PictureGraph graph =
        Picture.of(Samples.snapshot(flow, ExecutionStatus.RUNNING, List.of(off))).graph();
    assertThat(graph.edges()).extracting(PictureEdge::state).containsExactly(State.TAKEN);
    assertThat(facts(graph)).containsExactly("off: SKIPPED disabled", "next: PENDING ");
  }

  @Test
  void draws_what_it_can_of_a_broken_flow() {
    Flow flow =
        Flow.builder("f")
            .node("a", "echo")
            .node("b", "echo")
            .node("a", "log")
            .edge("a", "b")
            .edge("b", "a")
            .edge(Edge.of("a", "nowhere"))
            .build();
    Picture picture = Picture.of(flow);
    assertThat(picture.graph().nodes()).hasSize(3);
    assertThat(picture.graph().edges()).hasSize(2);
    assertThat(picture.mermaid()).contains("n0 --> n1", "n1 --> n0");
  }

  @Test
  void leaves_bodies_out_where_they_are_nested_too_deep() {
    Flow body = Flow.body().node("leaf", "echo").build();
    for (int i = 0; i < 5_000; i++) {
      Flow inner = body;
      body = Flow.body().node("l" + i, "loop", node -> node.body(inner)).build();
    }
    Picture picture = Picture.of(body);
    assertThat(picture.mermaid()).contains("subgraph").doesNotContain("leaf");
    assertThat(picture.dot()).contains("cluster").doesNotContain("leaf");
  }

  @Test
  void draws_the_largest_legal_chain() {
    Flow.Builder flow = Flow.builder("chain");
    for (int i = 0; i < 100_000; i++) {
      flow.node("n" + i, "echo");
    }
    for (int i = 1; i < 100_000; i++) {
      flow.edge("n" + (i - 1), "n" + i);
    }
    Picture picture = Picture.of(flow.build());
    assertThat(picture.mermaid()).contains("n99998 --> n99999");
    assertThat(picture.dot()).contains("n99998 -> n99999");
  }

  private static List<String> facts(PictureGraph graph) {
    return graph.nodes().stream()
        .map(
            node ->
                node.label() + ": " + node.run().map(r -> r.status() + " " + r.facts()).orElse(""))
        .toList();
  }
}
