package io.flowforge.testkit;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on an execution; see {@link FlowAssertions}. Failures show every node run's status.
 */
public final class ExecutionAssert extends AbstractAssert<ExecutionAssert, ExecutionSnapshot> {
  ExecutionAssert(ExecutionSnapshot actual) {
    super(actual, ExecutionAssert.class);
  }

  /**
   * Verifies that it ended well.
   *
   * @return this
   */
  public ExecutionAssert isCompleted() {
    return hasStatus(ExecutionStatus.COMPLETED);
  }

  /**
   * Verifies that it was ended by a request.
   *
   * @return this
   */
  public ExecutionAssert isCancelled() {
    return hasStatus(ExecutionStatus.CANCELLED);
  }

  /**
   * Verifies that nothing runs and a time, an event or a person moves it on.
   *
   * @return this
   */
  public ExecutionAssert isWaiting() {
    return hasStatus(ExecutionStatus.WAITING);
  }

  /**
   * Verifies that it failed, and why.
   *
   * @param code code of the execution's error
   * @return this
   */
  public ExecutionAssert failedWith(String code) {
    hasStatus(ExecutionStatus.FAILED);
    ExecutionError error = actual.error();
    if (error == null || !error.code().equals(code)) {
      fail("to have failed with " + code + ", but its error is " + shown(error));
    }
    return this;
  }

  /**
   * Verifies where it stands.
   *
   * @param expected the status
   * @return this
   */
  public ExecutionAssert hasStatus(ExecutionStatus expected) {
    if (actual.status() != expected) {
      fail("to be " + expected + ", but it is " + actual.status());
    }
    return this;
  }

  /**
   * Verifies one value that it returned; numbers compare by value.
   *
   * @param name name of the output
   * @param expected plain value
   * @return this
   */
  public ExecutionAssert hasOutput(String name, @Nullable Object expected) {
    if (!actual.outputs().containsKey(name)) {
      fail("to return \"" + name + "\", but it returns " + actual.outputs());
    }
    return compare("output \"" + name + "\"", expected, actual.outputs().get(name));
  }

  /**
   * Verifies all values that it returned; numbers compare by value.
   *
   * @param expected plain values by name
   * @return this
   */
  public ExecutionAssert hasOutputs(Map<String, ? extends @Nullable Object> expected) {
    return compare("outputs", expected, actual.outputs());
  }

  /**
   * Verifies the value of a variable; numbers compare by value.
   *
   * @param name name of the variable
   * @param expected plain value
   * @return this
   */
  public ExecutionAssert hasVariable(String name, @Nullable Object expected) {
    return compare("variable \"" + name + "\"", expected, actual.variables().get(name));
  }

  /**
   * Verifies that one node run was over before another began.
   *
   * @param first address of a node run
   * @param second address of a node run
   * @return this
   */
  public ExecutionAssert ranBefore(String first, String second) {
    Instant end = required(first).finishedAt();
    Instant begin = required(second).startedAt();
    if (end == null || begin == null || begin.isBefore(end)) {
      fail(
          "to run \"%s\" before \"%s\", but the first ended at %s and the second began at %s"
              .formatted(first, second, end, begin));
    }
    return this;
  }

  /**
   * Verifies that node runs followed each other.
   *
   * @param paths addresses of node runs
   * @return this
   */
  public ExecutionAssert ranInOrder(String... paths) {
    for (int i = 1; i < paths.length; i++) {
      ranBefore(paths[i - 1], paths[i]);
    }
    return this;
  }

  /**
   * Verifies which nodes completed, and that no other did.
   *
   * @param paths addresses of node runs, in any order
   * @return this
   */
  public ExecutionAssert completedOnly(String... paths) {
    List<String> completed =
        actual.nodes().stream()
            .filter(node -> node.status() == NodeStatus.COMPLETED)
            .map(NodeSnapshot::path)
            .sorted()
            .toList();
    List<String> expected = List.of(paths).stream().sorted().toList();
    if (!completed.equals(expected)) {
      fail("to have completed only " + expected + ", but completed are " + completed);
    }
    return this;
  }

  /**
   * Goes on with a node run.
   *
   * @param path address, such as {@code charge} or {@code each[3]/charge}
   * @return assertions on the node run
   */
  public NodeAssert node(String path) {
    return new NodeAssert(required(path), this);
  }

  private NodeSnapshot required(String path) {
    NodeSnapshot node = actual.node(path).orElse(null);
    if (node == null) {
      fail("to have a node run \"" + path + "\"");
      throw new IllegalStateException("not reached");
    }
    return node;
  }

  private ExecutionAssert compare(String what, @Nullable Object expected, @Nullable Object value) {
    String difference = Differences.first(expected, value);
    if (difference != null) {
      fail("to have another " + what + ": " + difference);
    }
    return this;
  }

  private static String shown(@Nullable ExecutionError error) {
    return error == null ? "none" : error.code() + " (" + error.message() + ")";
  }

  private void fail(String expectation) {
    StringBuilder nodes = new StringBuilder();
    actual
        .nodes()
        .forEach(
            node -> nodes.append("\n  ").append(node.path()).append(": ").append(Runs.line(node)));
    failWithMessage(
        "%s",
        "expected execution " + Runs.name(actual) + " " + expectation + "; its nodes:" + nodes);
  }
}
