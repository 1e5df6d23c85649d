package io.flowforge.cli;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An execution as {@code run} prints it. */
final class ResultDocument {
  private ResultDocument() {}

  /** The document of a snapshot taken at a moment. */
  static Map<String, Object> of(ExecutionSnapshot snapshot, Instant now) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("executionId", snapshot.id());
    document.put("flow", snapshot.flow().id());
    document.put("status", snapshot.status().name());
    document.put("outputs", snapshot.outputs());
    document.put("error", error(snapshot.error()));
    document.put("durationMs", milliseconds(snapshot, now));
    Map<String, Object> nodes = new LinkedHashMap<>();
    snapshot.nodes().forEach(node -> nodes.put(node.path(), node(node)));
    document.put("nodes", nodes);
    return document;
  }

  /** What is told of a node run. */
  static Map<String, Object> node(NodeSnapshot node) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("status", node.status().name());
    value.put("attempts", node.attempts());
    value.put("startedAt", time(node.startedAt()));
    value.put("finishedAt", time(node.finishedAt()));
    value.put("output", node.output());
    value.put("error", error(node.error()));
    if (node.reason() != null) {
      value.put("reason", node.reason());
    }
    return value;
  }

  private static BigDecimal milliseconds(ExecutionSnapshot snapshot, Instant now) {
    Duration took =
        snapshot.duration().orElseGet(() -> Duration.between(snapshot.startedAt(), now));
    return BigDecimal.valueOf(Math.max(0, took.toNanos() / 1000), 3);
  }

  private static @Nullable Object error(@Nullable ExecutionError error) {
    return error == null ? null : error.toValue();
  }

  static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : Timestamps.text(instant);
  }
}
