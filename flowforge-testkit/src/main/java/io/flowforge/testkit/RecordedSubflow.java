package io.flowforge.testkit;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands for a sub-flow node whose execution is not given: gives what that gave, or its error. */
final class RecordedSubflow implements Action<Map<String, Object>> {
  static final String TYPE = "recorded-subflow";

  private final Recordings recordings;

  RecordedSubflow(Recordings recordings) {
    this.recordings = recordings;
  }

  @Override
  @SuppressWarnings("unchecked")
  public ActionDescriptor<Map<String, Object>> descriptor() {
    ActionDescriptor<?> descriptor =
        ActionDescriptor.of(TYPE, Map.class)
            .title("Recorded sub-flow")
            .description("Gives what a sub-flow node gave when its execution was recorded.")
            .nonBlocking();
    return (ActionDescriptor<Map<String, Object>>) descriptor;
  }

  @Override
  public @Nullable Object run(Map<String, Object> config, ActionContext context) {
    ExecutionSnapshot execution = recordings.find(context.executionId()).orElse(null);
    NodeSnapshot past = execution == null ? null : execution.node(context.path()).orElse(null);
    if (execution == null || past == null) {
      throw new FlowForgeException(
          RecordedReplay.UNKNOWN,
          "sub-flow node " + context.path() + " did not run in the recording");
    }
    if (context.attempt() < past.attempts() || RecordedReplay.failed(execution, past)) {
      throw failure(past);
    }
    return past.output();
  }

  /** One that was made again may pass; of a single attempt nobody knows. */
  private static FlowForgeException failure(NodeSnapshot past) {
    ExecutionError error = past.error();
    return new FlowForgeException(
        RecordedReplay.code(past),
        RecordedReplay.message(past),
        error == null ? Map.of() : error.details(),
        past.attempts() > 1,
        null);
  }
}
