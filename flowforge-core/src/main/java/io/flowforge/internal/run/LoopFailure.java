package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionError;

/** The failure of a body, which becomes that of its loop or sub-flow node. */
final class LoopFailure extends FlowForgeException {
  private static final long serialVersionUID = 1L;

  LoopFailure(ExecutionError error) {
    super(error.code(), error.message(), details(error), true, null);
  }

  private static java.util.Map<String, Object> details(ExecutionError error) {
    java.util.Map<String, Object> details = new java.util.LinkedHashMap<>(error.details());
    if (error.node() != null) {
      details.put("at", error.node());
    }
    return details;
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
