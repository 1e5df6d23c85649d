package io.flowforge.internal.plan;

import io.flowforge.flow.Flow;
import java.util.Random;

/** Graphs for tests, written as text or drawn at random from a seed. */
final class Graphs {
  private Graphs() {}

  /** Nodes and edges as in {@code "a>b b>c d"}; nodes come in order of their first mention. */
  static Graph of(String text) {
    return Graph.of(flow(text));
  }

  static Flow flow(String text) {
    Flow.Builder flow = Flow.builder("flow");
    java.util.Set<String> seen = new java.util.HashSet<>();
    for (String part : text.split(" ")) {
      String[] ends = part.split(">");
      for (String end : ends) {
        if (seen.add(end)) {
          flow.node(end, "echo");
        }
      }
      flow.chain(ends);
    }
    return flow.build();
  }

  static Graph chain(int nodes) {
    Flow.Builder flow = Flow.builder("chain");
    for (int i = 0; i < nodes; i++) {
      flow.node("n" + i, "echo");
    }
    for (int i = 1; i < nodes; i++) {
      flow.edge("n" + (i - 1), "n" + i);
    }
    return Graph.of(flow.build());
  }

  /** Edges lead from anywhere to anywhere; the document order is no topological order. */
  static Graph random(long seed, int nodes, int edges, boolean cycles) {
    Random random = new Random(seed);
    int[] rank = random.ints(nodes).toArray();
    Flow.Builder flow = Flow.builder("random");
    for (int i = 0; i < nodes; i++) {
      flow.node("n" + i, "echo");
    }
    for (int i = 0; i < edges; i++) {
      int from = random.nextInt(nodes);
      int to = random.nextInt(nodes);
      if (cycles || rank[from] < rank[to]) {
        flow.edge("n" + from, "n" + to);
      } else if (rank[to] < rank[from]) {
        flow.edge("n" + to, "n" + from);
      }
    }
    return Graph.of(flow.build());
  }
}
