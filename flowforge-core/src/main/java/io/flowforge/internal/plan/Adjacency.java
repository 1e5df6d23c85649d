package io.flowforge.internal.plan;

/**
 * For each node the edges on one of its sides, in document order, in compressed sparse rows: those
 * of node {@code n} are {@code edges[offsets[n]]} up to {@code edges[offsets[n + 1]]}.
 */
final class Adjacency {
  private final int[] offsets;
  private final int[] edges;

  private Adjacency(int[] offsets, int[] edges) {
    this.offsets = offsets;
    this.edges = edges;
  }

  /**
   * Sorts edges by node.
   *
   * @param nodes how many nodes there are
   * @param ends per edge the node on this side
   * @param left per edge whether it counts: less than 0 leaves the edge out
   */
  static Adjacency of(int nodes, int[] ends, int[] left) {
    int[] offsets = new int[nodes + 1];
    for (int edge = 0; edge < ends.length; edge++) {
      if (ends[edge] >= 0 && left[edge] >= 0) {
        offsets[ends[edge] + 1]++;
      }
    }
    for (int node = 0; node < nodes; node++) {
      offsets[node + 1] += offsets[node];
    }
    int[] next = offsets.clone();
    int[] edges = new int[offsets[nodes]];
    for (int edge = 0; edge < ends.length; edge++) {
      if (ends[edge] >= 0 && left[edge] >= 0) {
        edges[next[ends[edge]]++] = edge;
      }
    }
    return new Adjacency(offsets, edges);
  }

  int count(int node) {
    return offsets[node + 1] - offsets[node];
  }

  int edge(int node, int position) {
    return edges[offsets[node] + position];
  }

  /** Where the edges of a node begin; those of the node before it end here. */
  int start(int node) {
    return offsets[node];
  }

  /** The edge at a place between {@code start(node)} and {@code start(node + 1)}. */
  int at(int place) {
    return edges[place];
  }
}
