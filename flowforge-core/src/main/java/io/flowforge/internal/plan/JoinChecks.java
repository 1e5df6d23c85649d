package io.flowforge.internal.plan;

import io.flowforge.flow.Join;
import io.flowforge.internal.text.Shown;
import java.util.HashMap;
import java.util.Map;

/**
 * Joins can be satisfied.
 *
 * <p>A node leaves through one port, so of the edges between two nodes only those on one port can
 * be taken together: both branches of one {@code conditional} count once. Conditions are not looked
 * into. {@code all} is always satisfiable, {@code any} and {@code atLeast} need edges.
 */
final class JoinChecks {
  private JoinChecks() {}

  static void check(GraphProblems problems) {
    for (int node = 0; node < problems.graph().size(); node++) {
      Join join = problems.graph().node(node).join();
      if (!(join instanceof Join.All)) {
        check(problems, node, join instanceof Join.AtLeast least ? least.count() : 1);
      }
    }
  }

  private static void check(GraphProblems problems, int node, int wanted) {
    Graph graph = problems.graph();
    int possible = takenTogether(graph, node);
    if (possible < wanted) {
      problems.addAtNode(
          GraphChecks.JOIN, node, "/join", () -> tooFew(graph, node, wanted, possible));
    }
  }

  private static int takenTogether(Graph graph, int node) {
    Map<Integer, Map<String, Integer>> bySource = new HashMap<>();
    for (int i = 0; i < graph.incomingCount(node); i++) {
      int edge = graph.incoming(node, i);
      bySource
          .computeIfAbsent(graph.source(edge), source -> new HashMap<>())
          .merge(graph.edge(edge).port(), 1, Integer::sum);
    }
    return bySource.values().stream()
        .mapToInt(ports -> ports.values().stream().mapToInt(Integer::intValue).max().orElse(0))
        .sum();
  }

  private static String tooFew(Graph graph, int node, int wanted, int possible) {
    return "node %s waits for %d taken edge%s, but %s; %s."
        .formatted(
            Shown.quoted(graph.node(node).id()),
            wanted,
            wanted == 1 ? "" : "s",
            possible == 0
                ? "no edge leads to it"
                : "of those that lead to it at most " + possible + " can be taken",
            possible == 0 ? "add edges or remove the join" : "lower the number or add edges");
  }
}
