package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Explanation;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A handle whose requests go into the audit log, in the name of a caller. */
record ExecutionDoor(Execution inner, EngineDoor door) implements Execution {
  @Override
  public String id() {
    return inner.id();
  }

  @Override
  public Flow flow() {
    return inner.flow();
  }

  @Override
  public boolean created() {
    return inner.created();
  }

  @Override
  public ExecutionStatus status() {
    return inner.status();
  }

  @Override
  public CompletionStage<ExecutionResult> result() {
    return inner.result();
  }

  @Override
  public ExecutionResult await(Duration timeout) {
    return inner.await(timeout);
  }

  @Override
  public boolean cancel(String reason) {
    return noted("execution.cancel", inner.cancel(reason));
  }

  @Override
  public boolean pause() {
    return noted("execution.pause", inner.pause());
  }

  @Override
  public boolean resume() {
    return noted("execution.resume", inner.resume());
  }

  private boolean noted(String action, boolean taken) {
    door.note(action, id(), Map.of("taken", Boolean.toString(taken)));
    return taken;
  }

  @Override
  public void answer(String node, @Nullable Object answer) {
    inner.answer(node, answer);
    door.note("execution.answer", id(), Map.of("node", node));
  }

  @Override
  public void signal(String event, @Nullable Object payload) {
    inner.signal(event, payload);
    door.note("execution.signal", id(), Map.of("event", event));
  }

  @Override
  public boolean signal(String event, @Nullable Object payload, String messageId) {
    boolean fresh = inner.signal(event, payload, messageId);
    if (fresh) {
      door.note("execution.signal", id(), Map.of("event", event));
    }
    return fresh;
  }

  @Override
  public ExecutionSnapshot snapshot() {
    return inner.snapshot();
  }

  @Override
  public EventStream events() {
    return inner.events();
  }

  @Override
  public Explanation explain(String node) {
    return inner.explain(node);
  }

  @Override
  public String toString() {
    return inner.toString();
  }
}
