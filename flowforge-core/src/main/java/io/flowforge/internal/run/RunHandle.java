package io.flowforge.internal.run;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Explanation;
import io.flowforge.flow.Flow;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.plan.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What callers see of a run: the handle of its execution and, once that has ended, the result. A
 * part of {@link Run} by inheritance, which saves two objects for each execution.
 *
 * <p>Any thread may call it. What needs or changes the state is asked of the thread that drives;
 * only the status is read directly.
 */
abstract class RunHandle extends ScopeDriver implements Execution, ExecutionResult {
  final Plan plan;

  /** When it was started, in microseconds since 1970. */
  final long startedMicros;

  /** Written by the thread that drives alone. */
  volatile ExecutionStatus status = ExecutionStatus.PENDING;

  private final String id;

  RunHandle(Host host, Plan plan, String id, long startedMicros) {
    super(host, startedMicros);
    this.plan = plan;
    this.id = id;
    this.startedMicros = startedMicros;
  }

  /** The scope of the whole flow. */
  abstract Scope root();

  /** How it ends. */
  abstract Ending ending();

  /** Events sent to it. */
  abstract Signals signals();

  /** Pauses it, or lets it go on; gives whether it is as wanted. */
  abstract boolean pause(boolean wanted);

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String executionId() {
    return id;
  }

  @Override
  public final Flow flow() {
    return plan.flow;
  }

  @Override
  public final boolean created() {
    return true;
  }

  @Override
  public final ExecutionStatus status() {
    return status;
  }

  @Override
  public final CompletionStage<ExecutionResult> result() {
    return ending().result().minimalCompletionStage();
  }

  @Override
  public final ExecutionResult await(Duration timeout) {
    if (status.isFinal()) {
      return this;
    }
    if (isDriving()) {
      throw new FlowForgeException(
          "FF-AWAIT-SELF", "a node of execution " + id + " must not wait for its own execution");
    }
    return ending().await(timeout);
  }

  @Override
  public final boolean cancel(String reason) {
    return ending().cancel(reason);
  }

  @Override
  public final boolean pause() {
    return !status.isFinal() && ask(() -> pause(true));
  }

  @Override
  public final boolean resume() {
    return !status.isFinal() && ask(() -> pause(false));
  }

  @Override
  public final void answer(String node, @Nullable Object answer) {
    Object plain = Values.normalise(answer);
    ask(() -> AnswerWork.find(root(), node).answer(plain));
  }

  @Override
  public final void signal(String name, @Nullable Object payload) {
    Object plain = Values.normalise(payload);
    ask(() -> signals().send(name, plain, null));
  }

  @Override
  public final boolean signal(String name, @Nullable Object payload, String messageId) {
    Object plain = Values.normalise(payload);
    String checked = MessageIds.check(messageId);
    return ask(() -> signals().send(name, plain, checked));
  }

  @Override
  public final ExecutionSnapshot snapshot() {
    return ask(() -> Snapshots.of(root()));
  }

  @Override
  public final Explanation explain(String node) {
    return ask(() -> Explainer.explain(root(), node));
  }

  @Override
  public final EventStream events() {
    return host.eventsOf(id);
  }

  @Override
  public final Map<String, Object> outputs() {
    return status.isFinal() ? ending().outputs() : PlainMap.of();
  }

  @Override
  public final Optional<ExecutionError> error() {
    return Optional.ofNullable(ending().error());
  }

  @Override
  public final Duration duration() {
    return Duration.ofNanos((ending().finishedMicros() - startedMicros) * 1000);
  }
}
