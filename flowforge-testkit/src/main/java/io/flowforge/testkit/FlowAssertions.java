package io.flowforge.testkit;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionSnapshot;

/**
 * The door to assertions on executions; made for a static import.
 *
 * <pre>{@code
 * assertThat(forge.start(flow, inputs).await(Duration.ofSeconds(5)))
 *     .isCompleted()
 *     .hasOutput("total", 42)
 *     .ranBefore("fetch", "sum")
 *     .node("audit").isSkipped();
 * }</pre>
 */
public final class FlowAssertions {
  private FlowAssertions() {}

  /**
   * Begins assertions on an execution that has ended.
   *
   * @param actual how it ended
   * @return the assertions
   */
  public static ExecutionAssert assertThat(ExecutionResult actual) {
    return assertThat(actual.snapshot());
  }

  /**
   * Begins assertions on an execution as it stands at this moment.
   *
   * @param actual the execution
   * @return the assertions
   */
  public static ExecutionAssert assertThat(Execution actual) {
    return assertThat(actual.snapshot());
  }

  /**
   * Begins assertions on an execution as it stood when the snapshot was taken.
   *
   * @param actual the snapshot
   * @return the assertions
   */
  public static ExecutionAssert assertThat(ExecutionSnapshot actual) {
    return new ExecutionAssert(actual);
  }
}
