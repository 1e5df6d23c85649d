package io.flowforge.engine;

import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Join;
import io.flowforge.flow.Node;
import io.flowforge.flow.OnError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must become of every node, worked out in document order straight from the flow format's
 * words and without any schedule: possible because under finish-branches it does not depend on one.
 */
final class ReferenceModel {
  private final RandomFlow random;
  private final Map<String, NodeStatus> status = new TreeMap<>();
  private final Map<String, String> port = new LinkedHashMap<>();
  private final Map<String, Boolean> poisoned = new LinkedHashMap<>();
  boolean failed;

  private ReferenceModel(RandomFlow random) {
    this.random = random;
  }

  static ReferenceModel of(RandomFlow random) {
    ReferenceModel model = new ReferenceModel(random);
    List<Node> nodes = random.flow().nodes();
    for (int n = 0; n < nodes.size(); n++) {
      model.decide(nodes.get(n), random.behaviours().get(n));
    }
    return model;
  }

  Map<String, NodeStatus> statuses() {
    return status;
  }

  private void decide(Node node, RandomFlow.Behaviour behaviour) {
    List<Edge> in =
        random.flow().edges().stream().filter(edge -> edge.to().equals(node.id())).toList();
    long taken = in.stream().filter(this::isTaken).count();
    boolean spoiled =
        node.join() instanceof Join.All && in.stream().anyMatch(edge -> poisoned.get(edge.from()));
    int needed = node.join() instanceof Join.AtLeast least ? least.count() : 1;
    if (!in.isEmpty() && (taken < needed || spoiled)) {
      leave(node, NodeStatus.SKIPPED, "none", spoiled);
    } else if (node.disabled()) {
      leave(node, NodeStatus.SKIPPED, Edge.MAIN, false);
    } else if (!behaviour.fails()) {
      leave(node, NodeStatus.COMPLETED, behaviour.port(), false);
    } else if (out(random.flow(), node).stream().anyMatch(edge -> edge.port().equals(Edge.ERROR))) {
      leave(node, NodeStatus.FAILED, Edge.ERROR, false);
    } else if (node.onError() == OnError.CONTINUE) {
      leave(node, NodeStatus.COMPLETED, Edge.MAIN, false);
    } else {
      failed = true;
      leave(node, NodeStatus.FAILED, "none", true);
    }
  }

  private void leave(Node node, NodeStatus as, String through, boolean poison) {
    status.put(node.id(), as);
    port.put(node.id(), through);
    poisoned.put(node.id(), poison);
  }

  private static List<Edge> out(Flow flow, Node node) {
    return flow.edges().stream().filter(edge -> edge.from().equals(node.id())).toList();
  }

  private boolean isTaken(Edge edge) {
    return edge.port().equals(port.get(edge.from())) && !"1 > 2".equals(edge.condition());
  }
}
