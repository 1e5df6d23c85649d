package io.flowforge;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How an execution ended. Immutable. */
public interface ExecutionResult {
  /**
   * The execution's id.
   *
   * @return the id
   */
  String executionId();

  /**
   * The final status.
   *
   * @return COMPLETED, FAILED or CANCELLED
   */
  ExecutionStatus status();

  /**
   * What it returned.
   *
   * @return unmodifiable map of plain values; empty unless COMPLETED
   */
  Map<String, Object> outputs();

  /**
   * Why it failed or was cancelled.
   *
   * @return the error, unless COMPLETED
   */
  Optional<ExecutionError> error();

  /**
   * The time from acceptance to the end.
   *
   * @return microsecond resolution
   */
  Duration duration();

  /**
   * All node runs.
   *
   * @return the snapshot of the end
   */
  ExecutionSnapshot snapshot();

  /**
   * The outputs of a completed execution.
   *
   * @return the outputs
   * @throws FlowForgeException with the execution's error code when it did not complete
   */
  default Map<String, Object> orThrow() {
    if (status() == ExecutionStatus.COMPLETED) {
      return outputs();
    }
    ExecutionError error =
        error().orElseGet(() -> ExecutionError.of("FF-CANCELLED", "cancelled", null));
    throw new FlowForgeException(
        error.code(),
        "execution " + executionId() + " is " + status() + ": " + error.message(),
        error.details(),
        false,
        null);
  }
}
