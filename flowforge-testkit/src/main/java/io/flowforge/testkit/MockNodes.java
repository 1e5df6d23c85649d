package io.flowforge.testkit;

import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Interceptor;
import io.flowforge.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the work of some nodes, and notes every attempt of all of them.
 *
 * <p>A node is named by its address ({@code each[3]/charge}), by its id ({@code charge}, in
 * whatever iteration), or by its type; the most exact name that was mocked counts. Nodes that were
 * not mocked do their own work. Configs are still resolved and checked, and retries, time-outs,
 * ports and edges are the engine's, so a mock replaces the effect and nothing else.
 *
 * <pre>{@code
 * MockNodes mocks = MockNodes.create();
 * mocks.node("charge").failsForNow("BUSY", "try again").returns(Map.of("receipt", 7));
 * mocks.type("http").returns(Map.of("status", 200));
 * FlowForge forge = FlowForge.builder().interceptor(mocks).build();
 * }</pre>
 *
 * <p>Thread-safe; may be set up further while flows run.
 */
public final class MockNodes implements Interceptor {
  private final Map<String, MockNode> nodes = new ConcurrentHashMap<>();
  private final Map<String, MockNode> types = new ConcurrentHashMap<>();
  private final List<MockCall> calls = new CopyOnWriteArrayList<>();
  private final @Nullable TimeSource time;

  private MockNodes(@Nullable TimeSource time) {
    this.time = time;
  }

  /**
   * Mocks that answer at once.
   *
   * @return nothing mocked yet
   */
  public static MockNodes create() {
    return new MockNodes(null);
  }

  /**
   * Mocks that may take their time.
   *
   * @param time the engine's time, such as {@link ManualTime}
   * @return nothing mocked yet
   */
  public static MockNodes create(TimeSource time) {
    return new MockNodes(time);
  }

  /**
   * Mocks a node.
   *
   * @param pathOrId its address, or its id in whatever iteration
   * @return takes the outcomes; the same one for the same name
   */
  public MockNode node(String pathOrId) {
    return nodes.computeIfAbsent(pathOrId, name -> new MockNode());
  }

  /**
   * Mocks all nodes of a type.
   *
   * @param type canonical node type
   * @return takes the outcomes, shared by these nodes; the same one for the same name
   */
  public MockNode type(String type) {
    return types.computeIfAbsent(type, name -> new MockNode());
  }

  /**
   * All attempts so far, of mocked nodes and others.
   *
   * @return in the order in which they began
   */
  public List<MockCall> calls() {
    return List.copyOf(calls);
  }

  /**
   * The attempts of one node so far.
   *
   * @param pathOrId its address, or its id in whatever iteration
   * @return in the order in which they began
   */
  public List<MockCall> calls(String pathOrId) {
    return calls.stream()
        .filter(call -> call.path().equals(pathOrId) || call.nodeId().equals(pathOrId))
        .toList();
  }

  @Override
  public @Nullable Object around(ActionContext context, Call call) throws Exception {
    calls.add(MockCall.of(context));
    MockNode mock = mocked(context);
    return mock == null ? call.proceed() : perform(mock.take(), context, call);
  }

  private @Nullable MockNode mocked(ActionContext context) {
    MockNode exact = nodes.get(context.path());
    MockNode byId = exact == null ? nodes.get(context.nodeId()) : exact;
    return byId == null ? types.get(context.nodeType()) : byId;
  }

  private @Nullable Object perform(MockOutcome outcome, ActionContext context, Call call)
      throws Exception {
    if (outcome instanceof MockOutcome.Returns returns) {
      return returns.value();
    }
    if (outcome instanceof MockOutcome.Leaves leaves) {
      return leaves.output();
    }
    if (outcome instanceof MockOutcome.Fails fails) {
      throw fails.retryable()
          ? ActionException.transientFailure(fails.code(), fails.message())
          : ActionException.permanent(fails.code(), fails.message());
    }
    if (outcome instanceof MockOutcome.Delayed delayed) {
      return later(delayed.delay(), delayed.then(), context, call);
    }
    return call.proceed();
  }

  private CompletableFuture<@Nullable Object> later(
      Duration delay, MockOutcome then, ActionContext context, Call call) {
    if (time == null) {
      throw new IllegalStateException(
          "a mocked node can take time only with MockNodes.create(time)");
    }
    CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
    long due = time.epochMicros() + delay.toNanos() / 1000;
    TimeSource.Timer timer =
        time.schedule(
            due,
            () -> {
              try {
                stage.complete(perform(then, context, call));
              } catch (Exception failure) {
                stage.completeExceptionally(failure);
              }
            });
    stage.whenComplete(
        (value, failure) -> {
          if (stage.isCancelled()) {
            timer.cancel();
          }
        });
    return stage;
  }
}
