package io.flowforge.internal.plan;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.internal.expression.Condition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays the edges of one level out as rows of int arrays. */
final class Wiring {
  /** How many error sources a node looks back at; the nearest ones count. */
  private static final int MOST_ERROR_SOURCES = 64;

  final int[] outStart;
  final int[] target;
  final int[] source;
  final int[] port;

  /** Index into the flow's edges by edge position. */
  final int[] edge;

  @Nullable Condition @Nullable [] condition;
  final int[] inStart;
  final int[] inEdge;
  final int[] inDegree;
  final int[] entries;
  final boolean[] simple;
  boolean @Nullable [] eager;
  int @Nullable [] @Nullable [] errorSources;

  Wiring(Flow flow, Map<String, Integer> index) {
    int nodes = flow.nodes().size();
    List<Edge> edges = flow.edges();
    int[] from = new int[edges.size()];
    int[] to = new int[edges.size()];
    outStart = new int[nodes + 1];
    inStart = new int[nodes + 1];
    for (int e = 0; e < from.length; e++) {
      from[e] = index.getOrDefault(edges.get(e).from(), -1);
      to[e] = index.getOrDefault(edges.get(e).to(), -1);
      if (from[e] >= 0 && to[e] >= 0) {
        outStart[from[e] + 1]++;
        inStart[to[e] + 1]++;
      }
    }
    inDegree = new int[nodes];
    for (int n = 0; n < nodes; n++) {
      inDegree[n] = inStart[n + 1];
      outStart[n + 1] += outStart[n];
      inStart[n + 1] += inStart[n];
    }
    target = new int[outStart[nodes]];
    source = new int[target.length];
    port = new int[target.length];
    edge = new int[target.length];
    inEdge = new int[target.length];
    int[] out = Arrays.copyOf(outStart, nodes);
    int[] in = Arrays.copyOf(inStart, nodes);
    for (int e = 0; e < from.length; e++) {
      if (from[e] >= 0 && to[e] >= 0) {
        int position = out[from[e]]++;
        target[position] = to[e];
        source[position] = from[e];
        edge[position] = e;
        inEdge[in[to[e]]++] = position;
      }
    }
    entries = entries(nodes);
    simple = new boolean[nodes];
  }

  private int[] entries(int nodes) {
    int[] found = new int[nodes];
    int count = 0;
    for (int n = 0; n < nodes; n++) {
      if (inDegree[n] == 0) {
        found[count++] = n;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Fills in what depends on the planned nodes. */
  void complete(Flow flow, PlanNode[] nodes, int[] order) {
    for (int k = 0; k < target.length; k++) {
      port[k] = nodes[source[k]].port(flow.edges().get(edge[k]).port());
    }
    for (int n = 0; n < nodes.length; n++) {
      simple[n] = isSimple(n);
      if (nodes[n].needed > 0 && inDegree[n] > 0) {
        if (eager == null) {
          eager = new boolean[nodes.length];
        }
        eager[n] = true;
      }
    }
    errorSources = errorSources(nodes, order);
  }

  private boolean isSimple(int n) {
    for (int k = outStart[n]; k < outStart[n + 1]; k++) {
      if (port[k] != 0 || condition != null && condition[k] != null) {
        return false;
      }
    }
    return true;
  }

  /** Nodes behind error ports: each inherits the sources of its predecessors, nearest first. */
  private int @Nullable [] @Nullable [] errorSources(PlanNode[] nodes, int[] order) {
    int[][] found = null;
    for (int n : order) {
      for (int i = inStart[n]; i < inStart[n + 1]; i++) {
        int k = inEdge[i];
        int from = source[k];
        int[] inherited = found == null ? null : found[from];
        if (port[k] == PlanNode.ERROR) {
          found = found == null ? new int[nodes.length][] : found;
          found[n] = union(found[n], new int[] {from});
        }
        if (inherited != null && found != null) {
          found[n] = union(found[n], inherited);
        }
      }
    }
    return found;
  }

  private static int[] union(int @Nullable [] a, int[] b) {
    if (a == null) {
      return b;
    }
    int[] both = Arrays.copyOf(a, Math.min(a.length + b.length, MOST_ERROR_SOURCES));
    int count = a.length;
    for (int value : b) {
      boolean known = count == both.length;
      for (int i = 0; i < count && !known; i++) {
        known = both[i] == value;
      }
      if (!known) {
        both[count++] = value;
      }
    }
    return count == a.length ? a : Arrays.copyOf(both, count);
  }
}
