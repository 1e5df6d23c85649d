package io.flowforge.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Join;
import io.flowforge.flow.Node;
import io.flowforge.flow.OnError;
import io.flowforge.flow.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 08, 09, 10 and 12 of the list of flow definition faults. */
class GraphChecksTest {
  private static final NodePorts PORTS =
      new NodePorts() {
        @Override
        public Set<String> of(Node node) {
          return node.type().equals("conditional")
              ? new TreeSet<>(Set.of("true", "false"))
              : node.type().equals("strange") ? null : Set.of("main");
        }

        @Override
        public boolean isTrigger(Node node) {
          return node.type().equals("webhook");
        }
      };

  @ParameterizedTest
  @CsvSource({
    "a>b>a, a → b → a, /edges/1, a",
    "a>b>c>a, a → b → c → a, /edges/2, a",
    "s>x>y>x y>t, x → y → x, /edges/2, x",
    "a a>me>me, me → me, /edges/1, me",
    "a>b>c>d>b, b → c → d → b, /edges/3, b",
    "a>b>c>a b>a, a → b → a, /edges/3, a",
  })
  void row_08_names_a_cycle_with_its_path(String text, String cycle, String path, String node) {
    List<Problem> problems = check(Graphs.flow(text));
    assertThat(problems).hasSize(text.equals("s>x>y>x y>t") ? 1 : problems.size());
    Problem problem = problems.get(0);
    assertThat(problem.code()).isEqualTo("FF-DEF-CYCLE");
    assertThat(problem.message()).contains("cycle: " + cycle + ";");
    assertThat(problem.path()).isEqualTo(path);
    assertThat(problem.node()).isEqualTo(node);
  }

  @Test
  void row_08_names_every_independent_cycle_once() {
    assertThat(check(Graphs.flow("a>b>a b>c c>d>c d>d")))
        .extracting(Problem::code, Problem::path)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("FF-DEF-CYCLE", "/edges/1"),
            org.assertj.core.groups.Tuple.tuple("FF-DEF-CYCLE", "/edges/4"),
            org.assertj.core.groups.Tuple.tuple("FF-DEF-CYCLE", "/edges/5"));
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 3_000, 100_000})
  void row_08_shows_at_most_20_ids_of_a_long_cycle(int size) {
    Flow.Builder flow = Flow.builder("ring");
    for (int i = 0; i < size; i++) {
      flow.node("n" + i, "echo").edge("n" + i, "n" + (i + 1) % size);
    }
    Problem problem = only(flow.build());
    assertThat(problem.message()).contains("n18 → n19 → … → n0 (" + size + " nodes)");
    assertThat(problem.message()).doesNotContain("n20 →");
  }

  @Test
  void row_08_finds_a_cycle_in_every_cyclic_random_graph() {
    for (int seed = 0; seed < 300; seed++) {
      Graph graph = Graphs.random(seed, 1 + seed % 30, seed % 70, true);
      List<Problem> problems = GraphChecks.of(graph, "", node -> null);
      List<Problem> cycles = problems.stream().filter(p -> p.code().contains("CYCLE")).toList();
      assertThat(cycles.isEmpty()).as("seed %s", seed).isEqualTo(graph.isAcyclic());
      cycles.forEach(problem -> assertIsCycle(graph, problem.message()));
    }
  }

  private static void assertIsCycle(Graph graph, String message) {
    String[] ids = message.replaceFirst(".*cycle: ", "").replaceFirst(";.*", "").split(" → ");
    Set<String> edges = new HashSet<>();
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      edges.add(graph.edge(edge).from() + " " + graph.edge(edge).to());
    }
    assertThat(ids[ids.length - 1]).isEqualTo(ids[0]);
    for (int i = 1; i < Math.min(ids.length, 20); i++) {
      assertThat(edges).contains(ids[i - 1] + " " + ids[i]);
    }
  }

  @Test
  void row_09_refuses_ids_that_are_equal_or_differ_only_in_case() {
    Flow flow =
        Flow.builder("f").node("Twin", "echo").node("b", "echo").node("twin", "echo").build();
    Problem problem = only(flow);
    assertThat(problem.code()).isEqualTo("FF-DEF-DUPLICATE-ID");
    assertThat(problem.path()).isEqualTo("/nodes/2");
    assertThat(problem.node()).isEqualTo("twin");
    assertThat(problem.message()).contains("\"Twin\" and \"twin\"", "case");
    assertThat(only(Flow.builder("f").node("b", "echo").node("b", "log").build()).message())
        .contains("\"b\" is used twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "-a", "_a", "a.b", "nä", "a\u202eb", "${a}", "a\u200b", "а"})
  void row_09_refuses_malformed_ids(String id) {
    Problem problem = only(Flow.builder("f").node("first", "echo").node(id, "echo").build());
    assertThat(problem.code()).isEqualTo("FF-DEF-ID");
    assertThat(problem.path()).isEqualTo("/nodes/1");
    assertThat(problem.message()).doesNotContain("\u202e", "\u200b");
  }

  @Test
  void row_09_refuses_ids_of_more_than_128_characters() {
    assertThat(check(Flow.builder("f").node("x".repeat(128), "echo").build())).isEmpty();
    assertThat(only(Flow.builder("f").node("x".repeat(129), "echo").build()).code())
        .isEqualTo("FF-DEF-ID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inputs",
        "input",
        "vars",
        "trigger",
        "item",
        "index",
        "error",
        "execution",
        "flow",
        "credentials",
        "nodes"
      })
  void row_09_refuses_ids_that_are_roots_of_expressions(String root) {
    Problem problem = only(Flow.builder("f").node(root, "echo").build());
    assertThat(problem.code()).isEqualTo("FF-DEF-ID");
    assertThat(problem.node()).isEqualTo(root);
    assertThat(problem.message()).contains("\"" + root + "\"", "reserved");
  }

  @ParameterizedTest
  @CsvSource({
    "fetch, fetched, /edges/0, fetch, 'no node \"fetched\". Did you mean \"fetch\"?'",
    "zz, fetch, /edges/0, fetch, no node \"zz\". Add",
    "zz, yy, /edges/0, , of either id",
  })
  void row_10_refuses_edges_with_unknown_ends(
      String from, String to, String path, String node, String says) {
    Problem problem = only(Flow.builder("f").node("fetch", "echo").edge(from, to).build());
    assertThat(problem.code()).isEqualTo("FF-DEF-EDGE");
    assertThat(problem.path()).isEqualTo(path);
    assertThat(problem.node()).isEqualTo(node);
    assertThat(problem.message()).contains(says);
  }

  @Test
  void row_10_tells_a_dangling_dependency_at_its_node() {
    Edge edge = Edge.of("nobody", "b").at("/nodes/1/dependsOn/0");
    Problem problem = only(Flow.builder("f").node("b", "echo").edge(edge).build());
    assertThat(problem.path()).isEqualTo("/nodes/1/dependsOn/0");
    assertThat(problem.node()).isEqualTo("b");
    assertThat(problem.message()).contains("\"b\" depends on \"nobody\"");
  }

  @ParameterizedTest
  @CsvSource({
    "conditional, ture, 'its ports are false, true, error. Did you mean \"true\"?'",
    "conditional, main, 'its ports are false, true, error. Set'",
    "echo, timeout, 'its ports are main, error. Set'",
  })
  void row_10_refuses_ports_that_the_type_does_not_have(String type, String port, String says) {
    Flow flow =
        Flow.builder("f")
            .node("c", type)
            .node("x", "echo")
            .edge(Edge.of("c", "x").onPort(port))
            .build();
    Problem problem = only(flow);
    assertThat(problem.code()).isEqualTo("FF-DEF-EDGE");
    assertThat(problem.path()).isEqualTo("/edges/0");
    assertThat(problem.message()).contains("\"" + port + "\"", says);
  }

  @ParameterizedTest
  @CsvSource({"conditional, error", "conditional, true", "echo, main", "strange, whatever"})
  void row_10_takes_the_ports_of_the_type_and_error(String type, String port) {
    Flow flow =
        Flow.builder("f")
            .node("c", type)
            .node("x", "echo")
            .edge(Edge.of("c", "x").onPort(port))
            .build();
    assertThat(check(flow)).isEmpty();
  }

  @Test
  void row_10_refuses_equal_edges_but_not_those_of_other_ports_or_conditions() {
    Edge edge = Edge.of("a", "b");
    Flow flow =
        Flow.builder("f")
            .node("a", "strange")
            .node("b", "echo")
            .edge(edge)
            .edge(edge.onPort("other"))
            .edge(edge.when("1 == 1"))
            .edge(edge.withId("again"))
            .build();
    Problem problem = only(flow);
    assertThat(problem.path()).isEqualTo("/edges/3");
    assertThat(problem.message()).contains("twice");
  }

  @Test
  void row_10_refuses_edges_into_a_trigger() {
    Problem problem =
        only(Graphs.flow("a>b").toBuilder().node("w", "webhook").edge("b", "w").build());
    assertThat(problem.path()).isEqualTo("/edges/1");
    assertThat(problem.node()).isEqualTo("w");
    assertThat(problem.message()).contains("trigger");
  }

  @Test
  void row_10_tells_nodes_that_only_a_cycle_leads_to() {
    assertThat(check(Graphs.flow("s a>b>a b>t>u")))
        .filteredOn(problem -> problem.code().equals("FF-DEF-UNREACHABLE"))
        .extracting(Problem::node)
        .containsExactly("t", "u");
  }

  @Test
  void row_10_refuses_a_level_without_nodes() {
    Problem problem = only(Flow.builder("f").build());
    assertThat(problem.code()).isEqualTo("FF-DEF-EMPTY");
    assertThat(problem.path()).isEqualTo("/nodes");
  }

  @Test
  void row_12_refuses_more_nodes_than_the_limit() {
    Flow.Builder flow = Flow.builder("f");
    Node node = Node.builder("n", "echo").build();
    for (int i = 0; i <= GraphChecks.MOST_NODES; i++) {
      flow.node(node);
    }
    assertThat(only(flow.build()).message()).contains("100001", "100000");
  }

  @Test
  void row_12_takes_a_complete_graph_and_a_node_of_100_000_edges() {
    Flow.Builder complete = Flow.builder("complete");
    for (int i = 0; i < 500; i++) {
      complete.node("n" + i, "echo");
      for (int j = 0; j < i; j++) {
        complete.edge("n" + j, "n" + i);
      }
    }
    assertThat(check(complete.build())).isEmpty();
    Flow.Builder star = Flow.builder("star").node("hub", "echo");
    for (int i = 1; i < GraphChecks.MOST_NODES; i++) {
      star.node("n" + i, "echo").edge("hub", "n" + i);
    }
    assertThat(check(star.build())).isEmpty();
  }

  @Test
  void row_12_stays_bounded_when_everything_is_wrong() {
    Flow.Builder flow = Flow.builder("f");
    for (int i = 0; i < GraphChecks.MOST_NODES; i++) {
      flow.node("node" + i, "echo").edge("node" + i, "nodes" + i);
    }
    List<Problem> problems = check(flow.build());
    assertThat(problems).hasSize(1_001);
    assertThat(problems.get(1_000).message()).startsWith("99000 more");
  }

  @ParameterizedTest
  @CsvSource({"3, 3, true", "2, 3, false", "0, 1, false", "1, 1, true"})
  void refuses_a_join_of_more_edges_than_there_are(int edges, int wanted, boolean fine) {
    Flow.Builder flow =
        Flow.builder("f").node("j", "echo", node -> node.join(Join.atLeast(wanted)));
    for (int i = 0; i < edges; i++) {
      flow.node("n" + i, "echo").edge("n" + i, "j");
    }
    List<Problem> problems = check(flow.build());
    assertThat(problems.isEmpty()).isEqualTo(fine);
    if (!fine) {
      assertThat(problems.get(0).path()).isEqualTo("/nodes/0/join");
      assertThat(problems.get(0).node()).isEqualTo("j");
    }
  }

  @Test
  void refuses_a_join_that_waits_for_both_branches_of_one_decision() {
    Flow.Builder flow =
        Flow.builder("f")
            .node("c", "conditional")
            .node("j", "echo", node -> node.join(Join.atLeast(2)))
            .edge(Edge.of("c", "j").onPort("true"))
            .edge(Edge.of("c", "j").onPort("false"));
    assertThat(only(flow.build()).message()).contains("waits for 2", "at most 1 can be taken");
    assertThat(check(flow.node("a", "echo").edge("a", "j").build())).isEmpty();
  }

  @Test
  void refuses_a_node_that_waits_for_any_edge_but_has_none() {
    Problem problem = only(Flow.builder("f").node("j", "echo", n -> n.join(Join.ANY)).build());
    assertThat(problem.code()).isEqualTo("FF-DEF-JOIN");
    assertThat(problem.message()).contains("no edge leads to it");
  }

  @Test
  void refuses_routed_failures_without_a_route() {
    Flow.Builder flow =
        Flow.builder("f")
            .node("a", "echo", node -> node.onError(OnError.ROUTE))
            .node("b", "echo")
            .edge("a", "b");
    Problem problem = only(flow.build());
    assertThat(problem.path()).isEqualTo("/nodes/0/onError");
    assertThat(problem.node()).isEqualTo("a");
    assertThat(problem.message()).contains("\"error\"");
    assertThat(check(flow.edge(Edge.of("a", "b").onPort("error")).build())).isEmpty();
  }

  @Test
  void refuses_two_outputs_of_one_name() {
    Flow.Builder flow =
        Flow.builder("f")
            .node("sum", "output")
            .node("o2", "output", node -> node.config("name", "sum").at("/nodes/o2", "data"));
    Problem problem = only(flow.build());
    assertThat(problem.code()).isEqualTo("FF-DEF-CONFIG");
    assertThat(problem.path()).isEqualTo("/nodes/o2/data/name");
    assertThat(problem.message()).contains("\"sum\"", "\"o2\"");
    assertThat(check(Flow.builder("f").node("a", "output").node("b", "output").build())).isEmpty();
  }

  @Test
  void places_lie_below_the_level() {
    Graph body = Graph.of(Graphs.flow("x>y>x"));
    assertThat(GraphChecks.of(body, "/nodes/3/config/body", PORTS))
        .extracting(Problem::path)
        .containsExactly("/nodes/3/config/body/edges/1");
  }

  @Test
  void finds_nothing_in_a_fine_graph() {
    assertThat(check(Graphs.flow("a>b>d a>c>d e"))).isEmpty();
  }

  private static List<Problem> check(Flow flow) {
    return GraphChecks.of(Graph.of(flow), "", PORTS);
  }

  private static Problem only(Flow flow) {
    List<Problem> problems = check(flow);
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }
}
