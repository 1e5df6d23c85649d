package io.flowforge.internal.plan;

import io.flowforge.internal.text.Shown;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * No node comes before itself, and some entry leads to every node.
 *
 * <p>Entries are the nodes without incoming edges, so in a graph without cycles every node is
 * reached. A node is unreachable only when all paths to it begin in a cycle; such a node is told
 * unless it lies on a cycle that is named anyway. Edges with unknown ends lead nowhere and are
 * problems of their own.
 */
final class CycleChecks {
  /** How many ids of a cycle are shown. */
  private static final int SHOWN = 20;

  /** How many cycles, and unreachable nodes, of one level are shown. */
  private static final int MOST = 20;

  private CycleChecks() {}

  static void check(GraphProblems problems) {
    Graph graph = problems.graph();
    if (graph.isAcyclic()) {
      return;
    }
    BitSet onCycle = selfLoops(problems);
    List<int[]> groups = Cycles.groups(graph);
    for (int[] group : groups.subList(0, Math.min(MOST, groups.size()))) {
      int[] cycle = Cycles.shortest(graph, group);
      int last = graph.source(cycle[cycle.length - 1]);
      problems.addAtEdge(
          GraphChecks.CYCLE,
          cycle[cycle.length - 1],
          graph.source(cycle[0]),
          () -> message(graph, cycle) + cure(graph.node(last).id()));
    }
    if (groups.size() > MOST) {
      String more = (groups.size() - MOST) + " more cycles are not listed.";
      problems.addAtGraph(GraphChecks.CYCLE, "/edges", more);
    }
    groups.forEach(group -> IntStream.of(group).forEach(onCycle::set));
    unreachable(problems, onCycle);
  }

  /** Tells the edges that lead from a node to itself. */
  private static BitSet selfLoops(GraphProblems problems) {
    Graph graph = problems.graph();
    BitSet nodes = new BitSet();
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      int node = graph.source(edge);
      if (node >= 0 && node == graph.target(edge)) {
        nodes.set(node);
        int[] cycle = {edge};
        problems.addAtEdge(
            GraphChecks.CYCLE,
            edge,
            node,
            () -> message(graph, cycle) + "; remove the edge from the node to itself.");
      }
    }
    return nodes;
  }

  private static String message(Graph graph, int[] cycle) {
    String ids =
        IntStream.of(cycle)
            .limit(SHOWN)
            .mapToObj(edge -> Shown.value(graph.edge(edge).from()))
            .collect(Collectors.joining(" → "));
    String first = Shown.value(graph.edge(cycle[0]).from());
    boolean whole = cycle.length <= SHOWN;
    return "the nodes form a cycle: "
        + ids
        + (whole ? " → " + first : " → … → " + first + " (" + cycle.length + " nodes)");
  }

  private static String cure(String last) {
    return "; remove one of its edges, such as this one from "
        + Shown.quoted(last)
        + ", or repeat the steps with a loop or while node.";
  }

  private static void unreachable(GraphProblems problems, BitSet onCycle) {
    Graph graph = problems.graph();
    BitSet reached = reached(graph);
    List<Integer> lost = new ArrayList<>();
    for (int node = 0; node < graph.size(); node++) {
      if (!reached.get(node) && !onCycle.get(node)) {
        lost.add(node);
      }
    }
    for (int node : lost.subList(0, Math.min(MOST, lost.size()))) {
      problems.addAtNode(
          GraphChecks.UNREACHABLE,
          node,
          "",
          () ->
              "node %s can never start: every path to it comes from a cycle; break the cycle."
                  .formatted(Shown.quoted(graph.node(node).id())));
    }
  }

  private static BitSet reached(Graph graph) {
    BitSet reached = new BitSet(graph.size());
    int[] queue = new int[graph.size()];
    int end = 0;
    for (int entry : graph.entries()) {
      reached.set(entry);
      queue[end++] = entry;
    }
    for (int head = 0; head < end; head++) {
      for (int i = 0; i < graph.outgoingCount(queue[head]); i++) {
        int next = graph.target(graph.outgoing(queue[head], i));
        if (!reached.get(next)) {
          reached.set(next);
          queue[end++] = next;
        }
      }
    }
    return reached;
  }
}
