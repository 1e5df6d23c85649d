package io.flowforge.internal.plan;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The chain of nodes that took longest: to end sooner, one of these must become faster. */
public final class CriticalPath {
  /** The duration of a node that did not run. */
  public static final long NOT_RUN = -1;

  private CriticalPath() {}

  /**
   * Finds the longest path.
   *
   * @param graph the graph; nodes on cycles and behind them are passed over
   * @param durations per node how long it took, or {@link #NOT_RUN}
   * @param walked which edges, by index, count as walked when both ends have run
   * @return indexes of its nodes from first to last; of equally long ones the one with more nodes,
   *     then the first in the document; empty when nothing has run
   */
  public static int[] of(Graph graph, long[] durations, IntPredicate walked) {
    long[] longest = new long[graph.size()];
    int[] before = new int[graph.size()];
    Arrays.fill(before, Graph.UNKNOWN);
    int last = Graph.UNKNOWN;
    for (int node : graph.order()) {
      if (durations[node] < 0) {
        continue;
      }
      // One unit more for each node lets the longer of two equally slow chains win.
      longest[node] += durations[node] + 1;
      if (last < 0 || longest[node] > longest[last]) {
        last = node;
      }
      for (int i = 0; i < graph.outgoingCount(node); i++) {
        int edge = graph.outgoing(node, i);
        int next = graph.target(edge);
        if (longest[node] > longest[next] && walked.test(edge)) {
          longest[next] = longest[node];
          before[next] = node;
        }
      }
    }
    return walkBack(last, before);
  }

  private static int[] walkBack(int last, int[] before) {
    int length = 0;
    for (int node = last; node >= 0; node = before[node]) {
      length++;
    }
    int[] path = new int[length];
    for (int node = last; node >= 0; node = before[node]) {
      path[--length] = node;
    }
    return path;
  }
}
