package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Explanation;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The handle a start gives when its id was known. */
record KnownExecution(Execution run) implements Execution {
  @Override
  public String id() {
    return run.id();
  }

  @Override
  public Flow flow() {
    return run.flow();
  }

  @Override
  public boolean created() {
    return false;
  }

  @Override
  public ExecutionStatus status() {
    return run.status();
  }

  @Override
  public CompletionStage<ExecutionResult> result() {
    return run.result();
  }

  @Override
  public ExecutionResult await(Duration timeout) {
    return run.await(timeout);
  }

  @Override
  public boolean cancel(String reason) {
    return run.cancel(reason);
  }

  @Override
  public boolean pause() {
    return run.pause();
  }

  @Override
  public boolean resume() {
    return run.resume();
  }

  @Override
  public void answer(String node, @Nullable Object answer) {
    run.answer(node, answer);
  }

  @Override
  public void signal(String event, @Nullable Object payload) {
    run.signal(event, payload);
  }

  @Override
  public boolean signal(String event, @Nullable Object payload, String messageId) {
    return run.signal(event, payload, messageId);
  }

  @Override
  public ExecutionSnapshot snapshot() {
    return run.snapshot();
  }

  @Override
  public EventStream events() {
    return run.events();
  }

  @Override
  public Explanation explain(String node) {
    return run.explain(node);
  }
}
