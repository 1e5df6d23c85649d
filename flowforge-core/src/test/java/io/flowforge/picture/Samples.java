package io.flowforge.picture;

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

/** An order that is checked, charged item by item, and shipped unless it is refused. */
final class Samples {
  static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

  private Samples() {}

  static Flow order() {
    return Flow.builder("order")
        .name("Order fulfilment")
        .node("check", "http", node -> node.name("Check stock"))
        .node("stocked", "conditional")
        .node("each", "loop", node -> node.body(items()))
        .node("ship", "http")
        .node("refuse", "log")
        .node("alarm", "log")
        .edge("check", "stocked")
        .edge(Edge.of("stocked", "each").onPort("true"))
        .edge(Edge.of("stocked", "refuse").onPort("false"))
        .edge(Edge.of("each", "ship").when("${each.output.count > 0}"))
        .edge(Edge.of("check", "alarm").onPort("error"))
        .build();
  }

  private static Flow items() {
    return Flow.body().node("charge", "http").node("note", "log").edge("charge", "note").build();
  }

  static ExecutionSnapshot run() {
    List<NodeSnapshot> nodes = new ArrayList<>();
    nodes.add(node("check", NodeStatus.COMPLETED, "main", 0, 240, 2));
    nodes.add(node("stocked", NodeStatus.COMPLETED, "true", 240, 241, 1));
    nodes.add(node("each", NodeStatus.COMPLETED, "main", 241, 1_441, 1));
    nodes.add(node("each[0]/charge", NodeStatus.COMPLETED, "main", 241, 741, 1));
    nodes.add(node("each[0]/note", NodeStatus.COMPLETED, "main", 741, 742, 1));
    nodes.add(node("each[1]/charge", NodeStatus.FAILED, null, 742, 1_440, 3));
    nodes.add(node("each[1]/note", NodeStatus.SKIPPED, null, -1, 1_440, 0));
    nodes.add(node("ship", NodeStatus.RUNNING, null, 1_441, -1, 1));
    nodes.add(node("refuse", NodeStatus.SKIPPED, null, -1, 241, 0));
    nodes.add(node("alarm", NodeStatus.SKIPPED, null, -1, 240, 0));
    return snapshot(order(), ExecutionStatus.RUNNING, nodes);
  }

  static ExecutionSnapshot snapshot(Flow flow, ExecutionStatus status, List<NodeSnapshot> nodes) {
    return new ExecutionSnapshot(
        "e1", flow, status, 1, Map.of(), Map.of(), Map.of(), null, START, null, null, nodes);
  }

  /** Times in milliseconds after the start; less than 0 is never. */
  static NodeSnapshot node(
      String path, NodeStatus status, @Nullable String port, int start, int end, int attempts) {
    boolean failed = status == NodeStatus.FAILED;
    return new NodeSnapshot(
        path,
        path.substring(path.lastIndexOf('/') + 1),
        "echo",
        status,
        port,
        null,
        failed ? ExecutionError.of("FF-TIMEOUT", "too slow", path) : null,
        attempts,
        start < 0 ? null : START.plusMillis(start),
        end < 0 ? null : START.plusMillis(end),
        status == NodeStatus.SKIPPED ? "no edge was taken" : null);
  }
}
