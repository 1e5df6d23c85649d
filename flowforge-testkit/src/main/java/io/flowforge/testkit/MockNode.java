package io.flowforge.testkit;

import io.flowforge.spi.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a mocked node does, attempt by attempt: a list of outcomes of which the last holds for all
 * further attempts. Made by {@link MockNodes}. Thread-safe.
 */
public final class MockNode {
  private final List<MockOutcome> outcomes = new ArrayList<>();
  private @Nullable Duration delay;
  private int next;

  MockNode() {}

  /**
   * Returns a value next.
   *
   * @param value what the action would return
   * @return this
   */
  public MockNode returns(@Nullable Object value) {
    return add(new MockOutcome.Returns(value));
  }

  /**
   * Returns a value through a port next.
   *
   * @param port one of the node type's ports
   * @param value what the action would return
   * @return this
   */
  public MockNode leavesThrough(String port, @Nullable Object value) {
    return add(new MockOutcome.Leaves(Output.on(port, value)));
  }

  /**
   * Fails next, in a way that trying again will not mend.
   *
   * @param code code of the error
   * @param message message of the error
   * @return this
   */
  public MockNode fails(String code, String message) {
    return add(new MockOutcome.Fails(code, message, false));
  }

  /**
   * Fails next, in a way that may pass by itself.
   *
   * @param code code of the error
   * @param message message of the error
   * @return this
   */
  public MockNode failsForNow(String code, String message) {
    return add(new MockOutcome.Fails(code, message, true));
  }

  /**
   * Does next what the node really does.
   *
   * @return this
   */
  public MockNode callsThrough() {
    return add(new MockOutcome.Real());
  }

  /**
   * Lets time pass before the outcome that is named after this; needs {@link
   * MockNodes#create(io.flowforge.spi.TimeSource)}.
   *
   * @param wait how long the attempt takes
   * @return this
   */
  public synchronized MockNode after(Duration wait) {
    delay = Objects.requireNonNull(wait, "wait");
    return this;
  }

  private synchronized MockNode add(MockOutcome outcome) {
    outcomes.add(delay == null ? outcome : new MockOutcome.Delayed(delay, outcome));
    delay = null;
    return this;
  }

  /** The outcome of the next attempt; the real thing when none was named. */
  synchronized MockOutcome take() {
    if (outcomes.isEmpty()) {
      return new MockOutcome.Real();
    }
    MockOutcome outcome = outcomes.get(Math.min(next, outcomes.size() - 1));
    next++;
    return outcome;
  }
}
