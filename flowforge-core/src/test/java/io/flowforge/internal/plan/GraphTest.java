package io.flowforge.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphTest {
  @ParameterizedTest
  @CsvSource({
    "a, a, a, a",
    "a>b>c, a b c, a, c",
    "c>b b>a, c b a, c, a",
    "a>c b>c c>d c>e, a b c d e, a b, d e",
    "z a z>y a>y, z a y, z a, y",
    "a>b b>a c, c, c, c",
    "a>a>b, '', '', b",
  })
  void sorts_nodes_behind_their_predecessors(
      String text, String order, String entries, String terminals) {
    Graph graph = Graphs.of(text);
    assertThat(ids(graph, graph.order())).isEqualTo(order);
    assertThat(ids(graph, graph.entries())).isEqualTo(entries);
    assertThat(ids(graph, graph.terminals())).isEqualTo(terminals);
  }

  @Test
  void keeps_the_edges_of_a_node_in_document_order() {
    Graph graph = Graphs.of("a>x b>x a>y c>x");
    int x = graph.index("x");
    assertThat(graph.incomingCount(x)).isEqualTo(3);
    assertThat(IntStream.range(0, 3).map(i -> graph.incoming(x, i))).containsExactly(0, 1, 3);
    assertThat(graph.outgoing(graph.index("a"), 1)).isEqualTo(2);
    assertThat(graph.source(3)).isEqualTo(graph.index("c"));
    assertThat(graph.target(2)).isEqualTo(graph.index("y"));
  }

  @Test
  void leaves_out_edges_with_unknown_ends() {
    Graph graph =
        Graph.of(
            Flow.builder("f")
                .node("a", "echo")
                .node("b", "echo")
                .edge("a", "gone")
                .edge("gone", "b")
                .edge("a", "b")
                .build());
    assertThat(graph.target(0)).isEqualTo(Graph.UNKNOWN);
    assertThat(graph.source(1)).isEqualTo(Graph.UNKNOWN);
    assertThat(graph.outgoingCount(0)).isEqualTo(1);
    assertThat(graph.incomingCount(1)).isEqualTo(1);
    assertThat(graph.isAcyclic()).isTrue();
  }

  @Test
  void takes_the_first_of_two_nodes_with_one_id() {
    Graph graph = Graph.of(Flow.builder("f").node("a", "echo").node("a", "log").build());
    assertThat(graph.index("a")).isZero();
    assertThat(graph.size()).isEqualTo(2);
  }

  @Test
  void orders_every_random_graph() {
    for (int seed = 0; seed < 200; seed++) {
      Graph graph = Graphs.random(seed, 1 + seed % 40, seed * 2, false);
      int[] place = new int[graph.size()];
      int[] order = graph.order();
      for (int i = 0; i < order.length; i++) {
        place[order[i]] = i;
      }
      assertThat(order).as("seed %s", seed).hasSize(graph.size()).doesNotHaveDuplicates();
      for (int edge = 0; edge < graph.edgeCount(); edge++) {
        assertThat(place[graph.source(edge)]).isLessThan(place[graph.target(edge)]);
      }
    }
  }

  @Test
  void takes_a_chain_of_the_legal_maximum() {
    Graph graph = Graphs.chain(100_000);
    assertThat(graph.isAcyclic()).isTrue();
    assertThat(graph.order()).startsWith(0, 1, 2).endsWith(99_999);
  }

  private static String ids(Graph graph, int[] nodes) {
    List<String> ids = new ArrayList<>();
    for (int node : nodes) {
      ids.add(graph.node(node).id());
    }
    return String.join(" ", ids);
  }
}
