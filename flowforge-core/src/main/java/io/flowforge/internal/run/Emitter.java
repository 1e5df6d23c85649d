package io.flowforge.internal.run;

import io.flowforge.execution.EventType;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.NodeStatus;
import io.flowforge.execution.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the events of one run; without listeners it makes none. */
final class Emitter {
  private final Run run;

  Emitter(Run run) {
    this.run = run;
  }

  void emit(EventType type, @Nullable String path, Map<String, Object> data) {
    if (run.listening) {
      run.host.publish(
          new FlowEvent(
              type,
              run.seq,
              Timestamps.ofMicros(run.lastMicros),
              run.id(),
              run.plan.flow.id(),
              run.start.tenant(),
              path,
              java.util.Collections.unmodifiableMap(data)));
    }
  }

  void begun() {
    emit(EventType.EXECUTION_STARTED, null, data("status", ExecutionStatus.RUNNING.name()));
  }

  void moved(ExecutionStatus status) {
    emit(EventType.EXECUTION_PROGRESS, null, data("status", status.name()));
  }

  void ended(ExecutionStatus status) {
    Map<String, Object> data = data("status", status.name());
    run.error().ifPresent(error -> data.put("error", error.toValue()));
    if (status == ExecutionStatus.COMPLETED) {
      data.put("outputs", run.outputs());
      emit(EventType.EXECUTION_COMPLETED, null, data);
    } else {
      emit(EventType.EXECUTION_FAILED, null, data);
    }
  }

  /** An operator has set variables. */
  void edited(Map<String, Object> values) {
    emit(EventType.EXECUTION_PROGRESS, null, data("variables", values));
  }

  void started(Scope scope, int n, long micros) {
    Map<String, Object> data = data("type", scope.plan.nodes[n].type);
    data.put("startedAt", Timestamps.text(micros));
    emit(EventType.NODE_STARTED, scope.path(n), data);
  }

  void completed(Scope scope, int n) {
    over(scope, n);
  }

  /** A node is over, in whatever way. */
  void over(Scope scope, int n) {
    if (!run.listening) {
      return;
    }
    NodeStatus status = scope.status(n);
    NodeState state = scope.stateOrNull(n);
    ExecutionError error = state == null ? null : state.error;
    Map<String, Object> data = data("status", status.name());
    data.put("attempts", scope.attempts(n));
    if (error != null) {
      data.put("error", error.toValue());
    }
    if (status == NodeStatus.COMPLETED) {
      data.put("output", scope.output(n));
    } else if (state != null && state.reason != null) {
      data.put("reason", state.reason);
    }
    boolean failed = status == NodeStatus.FAILED || status == NodeStatus.COMPENSATION_FAILED;
    emit(failed ? EventType.NODE_FAILED : EventType.NODE_COMPLETED, scope.path(n), data);
  }

  void retry(Scope scope, int n, long dueMicros) {
    if (!run.listening) {
      return;
    }
    NodeState state = scope.state(n);
    Map<String, Object> data = data("attempt", state.attempts);
    data.put("nextAttemptAt", Timestamps.text(dueMicros));
    if (state.error != null) {
      data.put("error", state.error.toValue());
    }
    emit(EventType.NODE_RETRY, scope.path(n), data);
  }

  static Map<String, Object> data(String key, Object value) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(key, value);
    return data;
  }
}
