package io.flowforge.internal.plan;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;

/**
 * Finds cycles to show.
 *
 * <p>Only what neither the topological order reached nor the same order against the edges'
 * direction would reach can lie on a cycle; JGraphT splits that rest into groups whose nodes all
 * lead to each other. There may be very many cycles in a group: one short cycle through its first
 * node is shown. Edges from a node to itself are not looked at. Of a graph with very many edges
 * only the first edge of each node is given to JGraphT: a cycle always remains, though not every
 * one.
 */
final class Cycles {
  /** From here on memory matters more than finding all cycles at once. */
  private static final int MANY_EDGES = 100_000;

  private Cycles() {}

  /** The groups of two and more nodes that all lead to each other, first in the document first. */
  static List<int[]> groups(Graph graph) {
    DefaultDirectedGraph<Integer, Integer> rest = rest(graph);
    return new KosarajuStrongConnectivityInspector<>(rest)
        .stronglyConnectedSets().stream()
            .filter(group -> group.size() > 1)
            .map(group -> group.stream().mapToInt(Integer::intValue).sorted().toArray())
            .sorted(Comparator.comparingInt(group -> group[0]))
            .toList();
  }

  /** The part of the graph in which every node has a node before it and a node behind it. */
  private static DefaultDirectedGraph<Integer, Integer> rest(Graph graph) {
    BitSet left = new BitSet(graph.size());
    left.set(0, graph.size());
    for (int node : graph.order()) {
      left.clear(node);
    }
    dropDeadEnds(graph, left);
    int most = graph.edgeCount() > MANY_EDGES ? 1 : Integer.MAX_VALUE;
    DefaultDirectedGraph<Integer, Integer> rest = new DefaultDirectedGraph<>(Integer.class);
    left.stream().forEach(rest::addVertex);
    left.stream().forEach(node -> addEdges(graph, node, left, most, rest));
    return rest;
  }

  private static void addEdges(
      Graph graph, int node, BitSet left, int most, DefaultDirectedGraph<Integer, Integer> rest) {
    int added = 0;
    for (int i = 0; i < graph.outgoingCount(node) && added < most; i++) {
      int edge = graph.outgoing(node, i);
      int next = graph.target(edge);
      if (next != node && left.get(next) && rest.addEdge(node, next, edge)) {
        added++;
      }
    }
  }

  private static void dropDeadEnds(Graph graph, BitSet left) {
    int[] behind = new int[graph.size()];
    Deque<Integer> ends = new ArrayDeque<>();
    for (int node = 0; node < graph.size(); node++) {
      behind[node] = graph.outgoingCount(node);
      if (behind[node] == 0) {
        ends.add(node);
      }
    }
    while (!ends.isEmpty()) {
      int node = ends.remove();
      left.clear(node);
      for (int i = 0; i < graph.incomingCount(node); i++) {
        int before = graph.source(graph.incoming(node, i));
        if (--behind[before] == 0) {
          ends.add(before);
        }
      }
    }
  }

  /** The edges of a shortest cycle through the first node of a group, in order. */
  static int[] shortest(Graph graph, int[] group) {
    BitSet inside = new BitSet(graph.size());
    Arrays.stream(group).forEach(inside::set);
    int first = group[0];
    int[] arrival = new int[graph.size()];
    Arrays.fill(arrival, Graph.UNKNOWN);
    Deque<Integer> open = new ArrayDeque<>();
    open.add(first);
    while (arrival[first] < 0) {
      int node = open.remove();
      for (int i = 0; i < graph.outgoingCount(node); i++) {
        int edge = graph.outgoing(node, i);
        int next = graph.target(edge);
        if (next != node && inside.get(next) && arrival[next] < 0) {
          arrival[next] = edge;
          open.add(next);
        }
      }
    }
    return walkBack(graph, first, arrival);
  }

  private static int[] walkBack(Graph graph, int first, int[] arrival) {
    Deque<Integer> edges = new ArrayDeque<>();
    int node = first;
    do {
      edges.addFirst(arrival[node]);
      node = graph.source(arrival[node]);
    } while (node != first);
    return edges.stream().mapToInt(Integer::intValue).toArray();
  }
}
