package io.flowforge.diagram;

import io.flowforge.picture.PictureEdge;
import java.util.Arrays;
import java.util.List;

/**
 * The column of each node: one more than the furthest of its predecessors.
 *
 * <p>Kahn's algorithm. When only nodes on cycles are left, the first of them is taken as if nothing
 * led to it.
 */
final class Layers {
  private final int[] layers;
  private int count;

  private Layers(int nodes) {
    this.layers = new int[nodes];
  }

  static Layers of(int nodes, List<PictureEdge> edges) {
    int[] starts = new int[nodes + 1];
    int[] pending = new int[nodes];
    for (PictureEdge edge : edges) {
      starts[edge.source() + 1]++;
      pending[edge.target()]++;
    }
    for (int i = 0; i < nodes; i++) {
      starts[i + 1] += starts[i];
    }
    int[] targets = new int[edges.size()];
    int[] next = starts.clone();
    for (PictureEdge edge : edges) {
      targets[next[edge.source()]++] = edge.target();
    }
    Layers result = new Layers(nodes);
    result.sort(starts, targets, pending);
    return result;
  }

  private void sort(int[] starts, int[] targets, int[] pending) {
    int[] queue = new int[layers.length];
    boolean[] queued = new boolean[layers.length];
    int end = 0;
    int unseen = 0;
    for (int node = 0; node < layers.length; node++) {
      if (pending[node] == 0) {
        queued[node] = true;
        queue[end++] = node;
      }
    }
    for (int head = 0; head < layers.length; head++) {
      while (head == end) {
        // A cycle: break it at the first node that has no place yet.
        if (!queued[unseen]) {
          queued[unseen] = true;
          queue[end++] = unseen;
        }
        unseen++;
      }
      int node = queue[head];
      count = Math.max(count, layers[node] + 1);
      for (int i = starts[node]; i < starts[node + 1]; i++) {
        int target = targets[i];
        if (!queued[target]) {
          layers[target] = Math.max(layers[target], layers[node] + 1);
          if (--pending[target] == 0) {
            queued[target] = true;
            queue[end++] = target;
          }
        }
      }
    }
  }

  int of(int node) {
    return layers[node];
  }

  /** How many nodes the fullest layer has. */
  int longest() {
    int[] sizes = new int[count];
    for (int layer : layers) {
      sizes[layer]++;
    }
    return Arrays.stream(sizes).max().orElse(0);
  }

  int count() {
    return count;
  }
}
