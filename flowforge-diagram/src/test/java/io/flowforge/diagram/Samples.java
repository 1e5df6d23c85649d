package io.flowforge.diagram;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run in which every status occurs, and a loop. */
final class Samples {
  private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

  private Samples() {}

  static Flow flow() {
    Flow body = Flow.body().node("x", "http").node("y", "log").edge("x", "y").build();
    Flow.Builder flow = Flow.builder("all").name("Every status").node("root", "input");
    for (NodeStatus status : NodeStatus.values()) {
      flow.node(id(status), "http").edge("root", id(status));
    }
    return flow.node("each", "loop", node -> node.body(body))
        .edge(Edge.of("completed", "each").when("root.output.n > 1"))
        .edge(Edge.of("failed", "each").onPort("error"))
        .build();
  }

  static ExecutionSnapshot run() {
    List<NodeSnapshot> nodes = new ArrayList<>();
    nodes.add(node("root", NodeStatus.COMPLETED, "main", 0, 5));
    for (NodeStatus status : NodeStatus.values()) {
      boolean completed = status == NodeStatus.COMPLETED;
      nodes.add(node(id(status), status, completed ? "main" : null, 5, status.isFinal() ? 9 : -1));
    }
    nodes.add(node("each", NodeStatus.COMPLETED, "main", 9, 1_209));
    nodes.add(node("each[0]/x", NodeStatus.COMPLETED, "main", 9, 600));
    nodes.add(node("each[1]/x", NodeStatus.COMPLETED, "main", 601, 1_208));
    nodes.add(node("each[0]/y", NodeStatus.COMPLETED, "main", 600, 601));
    return new ExecutionSnapshot(
        "e1",
        flow(),
        ExecutionStatus.FAILED,
        1,
        Map.of(),
        Map.of(),
        Map.of(),
        null,
        START,
        START.plusMillis(1_300),
        null,
        nodes);
  }

  private static String id(NodeStatus status) {
    return Words.of(status).replace(' ', '-');
  }

  private static NodeSnapshot node(
      String path, NodeStatus status, @Nullable String port, int start, int end) {
    return new NodeSnapshot(
        path,
        path.substring(path.lastIndexOf('/') + 1),
        "http",
        status,
        port,
        null,
        status == NodeStatus.FAILED ? ExecutionError.of("FF-TIMEOUT", "slow", path) : null,
        1,
        START.plusMillis(start),
        end < 0 ? null : START.plusMillis(end),
        null);
  }
}
