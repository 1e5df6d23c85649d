package io.flowforge.internal.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Answers for many pairs of nodes at once whether the first always comes before the second.
 *
 * <p>Asked for pairs one by one, a chain of 100,000 nodes would be walked 100,000 times. Here
 * direct predecessors are seen at once; the others are sorted by where their ancestor stands in the
 * topological order and asked 64 ancestors at a time: each ancestor is a bit, every node gathers
 * the bits of its predecessors, and only the stretch of the order between the first ancestor and
 * the last node asked about is walked.
 */
public final class Upstream {
  /** Up to this many edges are looked at to find a direct predecessor. */
  private static final int GLANCE = 16;

  private final Graph graph;
  private final int[] order;
  private final int[] positions;
  private final long[] reached;

  private Upstream(Graph graph) {
    this.graph = graph;
    this.order = graph.order();
    this.positions = new int[graph.size()];
    Arrays.fill(positions, Graph.UNKNOWN);
    for (int i = 0; i < order.length; i++) {
      positions[order[i]] = i;
    }
    this.reached = new long[graph.size()];
  }

  /**
   * Answers all pairs.
   *
   * @param graph the graph; of nodes on cycles or behind them nothing is known and the answer is
   *     yes
   * @param ancestors per pair the index of the node that should come before
   * @param nodes per pair the index of the node that should come after
   * @return the numbers of the pairs for which a path leads from the ancestor to the node; a node
   *     is not before itself
   */
  public static BitSet of(Graph graph, int[] ancestors, int[] nodes) {
    BitSet answers = new BitSet(ancestors.length);
    if (ancestors.length > 0) {
      new Upstream(graph).answer(ancestors, nodes, answers);
    }
    return answers;
  }

  private void answer(int[] ancestors, int[] nodes, BitSet answers) {
    int[] open =
        IntStream.range(0, ancestors.length)
            .filter(pair -> isOpen(pair, ancestors[pair], nodes[pair], answers))
            .mapToLong(pair -> (long) positions[ancestors[pair]] << Integer.SIZE | pair)
            .sorted()
            .mapToInt(key -> (int) key)
            .toArray();
    for (int from = 0; from < open.length; ) {
      int to = batchEnd(open, from, ancestors);
      answerBatch(Arrays.copyOfRange(open, from, to), ancestors, nodes, answers);
      from = to;
    }
  }

  /** Decides what can be decided at a glance; true when the pair must be walked for. */
  private boolean isOpen(int pair, int ancestor, int node, BitSet answers) {
    if (positions[ancestor] < 0 || positions[node] < 0 || precedes(ancestor, node)) {
      answers.set(pair);
      return false;
    }
    return positions[ancestor] < positions[node];
  }

  private boolean precedes(int ancestor, int node) {
    for (int i = Math.min(graph.incomingCount(node), GLANCE) - 1; i >= 0; i--) {
      if (graph.source(graph.incoming(node, i)) == ancestor) {
        return true;
      }
    }
    return false;
  }

  /** Where the 65th different ancestor begins. */
  private static int batchEnd(int[] open, int from, int[] ancestors) {
    int different = 0;
    int to = from;
    while (to < open.length) {
      if (to == from || ancestors[open[to]] != ancestors[open[to - 1]]) {
        different++;
      }
      if (different > Long.SIZE) {
        break;
      }
      to++;
    }
    return to;
  }

  private void answerBatch(int[] pairs, int[] ancestors, int[] nodes, BitSet answers) {
    int first = positions[ancestors[pairs[0]]];
    int last = Arrays.stream(pairs).map(pair -> positions[nodes[pair]]).max().orElse(first);
    long[] bits = new long[pairs.length];
    long bit = 1;
    for (int i = 0; i < pairs.length; i++) {
      if (i > 0 && ancestors[pairs[i]] != ancestors[pairs[i - 1]]) {
        bit <<= 1;
      }
      bits[i] = bit;
      reached[ancestors[pairs[i]]] |= bit;
    }
    spread(first, last);
    for (int i = 0; i < pairs.length; i++) {
      if ((reached[nodes[pairs[i]]] & bits[i]) != 0) {
        answers.set(pairs[i]);
      }
    }
    for (int position = first; position <= last; position++) {
      reached[order[position]] = 0;
    }
  }

  /** Hands bits on along the order; nodes after the last one asked about are left alone. */
  private void spread(int first, int last) {
    for (int position = first; position < last; position++) {
      int node = order[position];
      long bits = reached[node];
      if (bits != 0) {
        for (int i = graph.outgoingCount(node) - 1; i >= 0; i--) {
          int next = graph.target(graph.outgoing(node, i));
          if (positions[next] <= last) {
            reached[next] |= bits;
          }
        }
      }
    }
  }
}
