package io.flowforge.testkit;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Flow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together the snapshot of a run that never was. */
final class SampleRun {
  private final ExecutionStatus status;
  private final Map<String, Object> outputs = new LinkedHashMap<>();
  private final Map<String, Object> variables = new LinkedHashMap<>();
  private final List<NodeSnapshot> nodes = new ArrayList<>();
  private @Nullable ExecutionError error;

  private SampleRun(ExecutionStatus status) {
    this.status = status;
  }

  static SampleRun of(ExecutionStatus status) {
    return new SampleRun(status);
  }

  SampleRun output(String name, Object value) {
    outputs.put(name, value);
    return this;
  }

  SampleRun variable(String name, Object value) {
    variables.put(name, value);
    return this;
  }

  SampleRun error(String code, String message) {
    error = ExecutionError.of(code, message, null);
    return this;
  }

  /** A node run by milliseconds since the start; negative is never. */
  SampleRun node(String id, NodeStatus nodeStatus, long begin, long end, @Nullable Object output) {
    boolean skipped = nodeStatus == NodeStatus.SKIPPED;
    nodes.add(
        new NodeSnapshot(
            id,
            id,
            "echo",
            nodeStatus,
            nodeStatus == NodeStatus.COMPLETED ? "main" : null,
            output,
            nodeStatus == NodeStatus.FAILED ? error : null,
            skipped ? 0 : 1,
            at(begin),
            at(end),
            skipped ? "all its incoming edges are dead" : null));
    return this;
  }

  ExecutionSnapshot snapshot() {
    return new ExecutionSnapshot(
        "sample",
        Flow.builder("flow").build(),
        status,
        1,
        Map.of(),
        variables,
        outputs,
        error,
        ManualTime.START,
        ManualTime.START.plusMillis(100),
        null,
        nodes);
  }

  private static @Nullable Instant at(long millis) {
    return millis < 0 ? null : ManualTime.START.plusMillis(millis);
  }
}
