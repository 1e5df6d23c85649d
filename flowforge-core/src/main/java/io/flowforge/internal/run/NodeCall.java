package io.flowforge.internal.run;

import io.flowforge.execution.EventType;
import io.flowforge.execution.Secret;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.blob.Outputs;
import io.flowforge.internal.control.ControlContext;
import io.flowforge.internal.fault.Mutants;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.Blobs;
import io.flowforge.spi.Interceptor;
import io.flowforge.spi.Output;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One attempt of one node run: what the action sees, and the task that calls it.
 *
 * <p>{@link #interrupt} reaches the action's thread only while the action is on it.
 */
final class NodeCall implements ControlContext, Runnable {
  final Scope scope;
  final int node;
  private final int attempt;
  private volatile @Nullable Thread thread;
  private volatile boolean cancelled;

  NodeCall(Scope scope, int node, int attempt) {
    this.scope = scope;
    this.node = node;
    this.attempt = attempt;
  }

  /** On a thread of the pool. */
  @Override
  public void run() {
    if (cancelled) {
      report(null, new InterruptedException());
      return;
    }
    Object result = null;
    Throwable failure = null;
    thread = Thread.currentThread();
    if (cancelled) {
      // The request came between the first look and now, and found no thread to interrupt.
      thread.interrupt();
    }
    try {
      result = prepared(call());
    } catch (Throwable thrown) {
      failure = thrown;
    }
    synchronized (this) {
      thread = null;
    }
    // The flag belongs to this attempt alone; the thread goes back to the pool without it.
    Thread.interrupted();
    report(result, failure);
  }

  /** What is large is written here, and not on the thread that drives the run. */
  private @Nullable Object prepared(@Nullable Object result) {
    Outputs outputs = scope.run.host.outputs();
    if (!outputs.canWrite() || result instanceof CompletionStage<?>) {
      return result;
    }
    return result instanceof Output chosen
        ? Output.on(chosen.port(), outputs.plain(chosen.value()))
        : outputs.plain(result);
  }

  private void report(@Nullable Object result, @Nullable Throwable failure) {
    scope.run.post(
        new Mail() {
          @Override
          void deliver() {
            scope.run.attempts.outcome(NodeCall.this, result, failure);
          }
        });
  }

  /** On the thread that drives the run. */
  void runHere() {
    Object result = null;
    Throwable failure = null;
    try {
      result = call();
    } catch (Throwable thrown) {
      Attempts.keepInterrupt(thrown);
      failure = thrown;
    }
    scope.run.attempts.outcome(this, result, failure);
  }

  private @Nullable Object call() throws Exception {
    PlanNode planned = planned();
    NodeState state = scope.state(node);
    Object config = state.config;
    if (config == null) {
      throw new IllegalStateException("no config of " + path());
    }
    List<Interceptor> interceptors = scope.run.host.interceptors();
    Interceptor.Call rest = () -> planned.action.run(config, this);
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      Interceptor interceptor = interceptors.get(i);
      Interceptor.Call inner = rest;
      rest = () -> interceptor.around(this, inner);
    }
    return rest.proceed();
  }

  void interrupt() {
    cancelled = true;
    synchronized (this) {
      Thread busy = thread;
      if (busy != null) {
        busy.interrupt();
      }
    }
  }

  PlanNode planned() {
    return scope.plan.nodes[node];
  }

  @Override
  public String executionId() {
    return scope.run.id();
  }

  @Override
  public String flowId() {
    return scope.run.plan.flow.id();
  }

  @Override
  public String nodeId() {
    return planned().id;
  }

  @Override
  public String nodeType() {
    return planned().type;
  }

  @Override
  public String path() {
    return scope.path(node);
  }

  @Override
  public String idempotencyKey() {
    String id = Mutants.ATTEMPT_IN_KEY ? nodeId() + attempt : nodeId();
    return IdempotencyKey.of(scope.run.start().keys(scope.run.id()), id, scope.prefix());
  }

  @Override
  public long fencingToken() {
    return scope.run.epoch();
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public @Nullable Object input() {
    return NodeInput.of(scope, node);
  }

  @Override
  public Map<String, Object> inputs() {
    return scope.run.inputs;
  }

  @Override
  public Map<String, Object> vars() {
    return scope.run.vars;
  }

  @Override
  public Secret credential(String name) {
    return scope.run.host.credential(scope.run.start().tenant(), name);
  }

  @Override
  public Blobs blobs() {
    return scope.run.host.outputs().blobs();
  }

  @Override
  public void emit(Object chunk) {
    if (scope.run.host.listening()) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("chunk", Values.normalise(chunk));
      tell(EventType.NODE_STREAM, data);
    }
  }

  @Override
  public void progress(double fraction, String note) {
    if (scope.run.host.listening()) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("fraction", Math.max(0, Math.min(1, fraction)));
      data.put("note", note);
      tell(EventType.EXECUTION_PROGRESS, data);
    }
  }

  private void tell(EventType type, Map<String, Object> data) {
    scope.run.post(
        new Mail() {
          @Override
          void deliver() {
            scope.run.emitter.emit(type, path(), data);
          }
        });
  }

  @Override
  public boolean isCancelled() {
    return cancelled || scope.stopping;
  }

  @Override
  public Logger log() {
    RunLog kept = scope.run.log;
    Logger own = NodeLogger.of(this);
    return kept == null ? own : new KeptLogger(this, kept, own);
  }

  @Override
  public Clock clock() {
    return scope.run.host.clock();
  }

  @Override
  public <T> @Nullable T service(Class<T> type) {
    return scope.run.host.service(type);
  }

  // ---- for control nodes, on the thread that drives the run

  @Override
  public void variable(String name, @Nullable Object value) {
    scope.run.variable(path(), name, value);
  }

  @Override
  public List<Passed> predecessors() {
    return NodeInput.passed(scope, node);
  }

  @Override
  public CompletionStage<Integer> publish(
      String event, @Nullable String correlation, @Nullable Object payload) {
    String topic = scope.run.start.scoped(event);
    return scope.run.host.publish(idempotencyKey(), topic, correlation, payload);
  }
}
