package io.flowforge.testkit;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a node run; see {@link FlowAssertions}. */
public final class NodeAssert extends AbstractAssert<NodeAssert, NodeSnapshot> {
  private final ExecutionAssert execution;

  NodeAssert(NodeSnapshot actual, ExecutionAssert execution) {
    super(actual, NodeAssert.class);
    this.execution = execution;
  }

  /**
   * Goes on with another node run of the same execution.
   *
   * @param path its address
   * @return assertions on that node run
   */
  public NodeAssert node(String path) {
    return execution.node(path);
  }

  /**
   * Goes back to the execution.
   *
   * @return the execution's assertions
   */
  public ExecutionAssert execution() {
    return execution;
  }

  /**
   * Verifies that it has an output.
   *
   * @return this
   */
  public NodeAssert isCompleted() {
    return hasStatus(NodeStatus.COMPLETED);
  }

  /**
   * Verifies that it did not run.
   *
   * @return this
   */
  public NodeAssert isSkipped() {
    return hasStatus(NodeStatus.SKIPPED);
  }

  /**
   * Verifies that it was stopped.
   *
   * @return this
   */
  public NodeAssert isCancelled() {
    return hasStatus(NodeStatus.CANCELLED);
  }

  /**
   * Verifies that it waits for a time, an event, a person or its next attempt.
   *
   * @return this
   */
  public NodeAssert isWaiting() {
    return hasStatus(NodeStatus.WAITING);
  }

  /**
   * Verifies that it had completed and was undone.
   *
   * @return this
   */
  public NodeAssert isCompensated() {
    return hasStatus(NodeStatus.COMPENSATED);
  }

  /**
   * Verifies where it stands.
   *
   * @param expected the status
   * @return this
   */
  public NodeAssert hasStatus(NodeStatus expected) {
    if (actual.status() != expected) {
      fail("to be " + expected);
    }
    return this;
  }

  /**
   * Verifies that it failed after its last attempt, and why.
   *
   * @param code code of its error
   * @return this
   */
  public NodeAssert failedWith(String code) {
    hasStatus(NodeStatus.FAILED);
    return hasError(code);
  }

  /**
   * Verifies its error; a node that continued with a fallback keeps its error beside it.
   *
   * @param code code of its error
   * @return this
   */
  public NodeAssert hasError(String code) {
    ExecutionError error = actual.error();
    if (error == null || !error.code().equals(code)) {
      fail("to have failed with " + code);
    }
    return this;
  }

  /**
   * Verifies its output; numbers compare by value.
   *
   * @param expected plain value
   * @return this
   */
  public NodeAssert hasOutput(@Nullable Object expected) {
    return compare("output", expected, actual.output());
  }

  /**
   * Verifies one value inside its output; numbers compare by value.
   *
   * @param path keys and indexes with dots between, such as {@code body.items.0.price}
   * @param expected plain value
   * @return this
   */
  public NodeAssert hasOutputAt(String path, @Nullable Object expected) {
    Object value = actual.output();
    for (String step : path.split("\\.", -1)) {
      value = step(value, step);
    }
    return compare("output at " + path, expected, value);
  }

  /**
   * Verifies how many tries were made.
   *
   * @param expected 0 or more
   * @return this
   */
  public NodeAssert ranTimes(int expected) {
    if (actual.attempts() != expected) {
      fail("to have been tried " + expected + " times");
    }
    return this;
  }

  /**
   * Verifies the port it left through.
   *
   * @param expected such as {@code true} or {@code error}
   * @return this
   */
  public NodeAssert leftThrough(String expected) {
    if (!Objects.equals(actual.port(), expected)) {
      fail("to leave through port \"" + expected + "\", but it left through " + actual.port());
    }
    return this;
  }

  /**
   * Verifies that it was skipped, and why.
   *
   * @param words what the reason must contain, in any case
   * @return this
   */
  public NodeAssert skippedBecause(String words) {
    isSkipped();
    String reason = actual.reason();
    if (reason == null || !Words.contain(reason, words)) {
      fail("to be skipped because \"" + words + "\"");
    }
    return this;
  }

  /**
   * Verifies how long it took by the engine's clock, from its first attempt to its end.
   *
   * @param expected exact duration; use it with {@link ManualTime}
   * @return this
   */
  public NodeAssert took(Duration expected) {
    if (actual.startedAt() == null || actual.finishedAt() == null) {
      fail("to have begun and ended");
    } else if (!Duration.between(actual.startedAt(), actual.finishedAt()).equals(expected)) {
      fail("to take " + expected);
    }
    return this;
  }

  private static @Nullable Object step(@Nullable Object value, String step) {
    if (value instanceof Map<?, ?> map) {
      return map.get(step);
    }
    if (value instanceof List<?> list && step.matches("\\d{1,9}")) {
      int index = Integer.parseInt(step);
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }

  private NodeAssert compare(String what, @Nullable Object expected, @Nullable Object value) {
    String difference = Differences.first(expected, value);
    if (difference != null) {
      fail("to have another " + what + ": " + difference);
    }
    return this;
  }

  private void fail(String expectation) {
    failWithMessage(
        "%s",
        "expected node run \""
            + actual.path()
            + "\" "
            + expectation
            + "; it is "
            + Runs.line(actual));
  }
}
