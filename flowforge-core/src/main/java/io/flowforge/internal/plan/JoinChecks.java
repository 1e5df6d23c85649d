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
    Graph graph = problems.graph();
    for (int node = 0; node < graph.size(); node++) {
      Join join = graph.node(node).join();
      if (join instanceof Join.All) {
        continue;
      }
      int wanted = join instanceof Join.AtLeast atLeast ? atLeast.count() : 1;
      if (graph.incomingCount(node) < wanted) {
        tooFew(problems, node, wanted, graph.incomingCount(node), "lead to it");
      } else {
        int together = takenTogether(graph, node);
        if (together < wanted) {
          tooFew(problems, node, wanted, together, "can be taken together");
        }
      }
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

  private static void tooFew(GraphProblems problems, int node, int wanted, int edges, String why) {
    problems.addAtNode(
        GraphChecks.JOIN,
        node,
        "/join",
        () ->
            "node %s waits for %d taken edge%s, but only %d %s; lower the number or add edges"
                .formatted(
                    Shown.quoted(problems.graph().node(node).id()),
                    wanted,
                    wanted == 1 ? "" : "s",
                    edges,
                    why));
  }
}
