package io.flowforge.benchmarks;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What no engine at all would cost: the same graph as int arrays, counted down on one thread, with
 * the same bodies and an array of outputs.
 */
final class HandWritten {
  private final int[][] successors;
  private final int[] degrees;

  HandWritten(Flow flow) {
    Map<String, Integer> index = new HashMap<>();
    for (int n = 0; n < flow.nodes().size(); n++) {
      index.put(flow.nodes().get(n).id(), n);
    }
    degrees = new int[index.size()];
    List<List<Integer>> lists = new ArrayList<>();
    index.forEach((id, n) -> lists.add(new ArrayList<>()));
    for (Edge edge : flow.edges()) {
      int from = Objects.requireNonNull(index.get(edge.from()));
      int to = Objects.requireNonNull(index.get(edge.to()));
      lists.get(from).add(to);
      degrees[to]++;
    }
    successors = new int[degrees.length][];
    for (int n = 0; n < degrees.length; n++) {
      successors[n] = lists.get(n).stream().mapToInt(Integer::intValue).toArray();
    }
  }

  Object[] run() {
    int[] left = degrees.clone();
    int[] queue = new int[left.length];
    Object[] outputs = new Object[left.length];
    int head = 0;
    int tail = 0;
    for (int n = 0; n < left.length; n++) {
      if (left[n] == 0) {
        queue[tail++] = n;
      }
    }
    while (head < tail) {
      int n = queue[head++];
      outputs[n] = NoOp.body();
      for (int next : successors[n]) {
        if (--left[next] == 0) {
          queue[tail++] = next;
        }
      }
    }
    return outputs;
  }
}
