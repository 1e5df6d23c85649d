package io.flowforge;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether an execution was started is not known, because the store did not answer in time; code
 * {@code FF-START-UNKNOWN}. Starting again with the same id is safe: it gives the execution that
 * exists, or begins it.
 */
public final class StartOutcomeUnknownException extends FlowForgeException {
  private static final long serialVersionUID = 1L;

  private final String executionId;

  /**
   * Names the execution.
   *
   * @param executionId the id to start again with
   * @param cause why the store did not answer, or null
   */
  public StartOutcomeUnknownException(String executionId, @Nullable Throwable cause) {
    super(
        "FF-START-UNKNOWN",
        "the store did not say in time whether execution "
            + executionId
            + " was created; start it again with that id",
        Map.of("executionId", executionId),
        true,
        cause);
    this.executionId = executionId;
  }

  /**
   * The id to start again with.
   *
   * @return the id of the execution
   */
  public String executionId() {
    return executionId;
  }
}
