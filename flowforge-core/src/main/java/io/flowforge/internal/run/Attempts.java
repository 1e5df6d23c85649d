package io.flowforge.internal.run;

import static io.flowforge.execution.NodeStatus.CANCELLED;
import static io.flowforge.execution.NodeStatus.COMPLETED;
import static io.flowforge.execution.NodeStatus.FAILED;
import static io.flowforge.execution.NodeStatus.PENDING;
import static io.flowforge.execution.NodeStatus.RUNNING;
import static io.flowforge.execution.NodeStatus.SKIPPED;
import static io.flowforge.execution.NodeStatus.WAITING;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Blob;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Edge;
import io.flowforge.internal.plan.NodeKind;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Output;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The node runs that the short way in {@link Scope} leaves out: their attempts, and what comes of
 * them. {@link Admission} lets a node on to its attempt, {@link FailureHandling} says what follows
 * from a failure, {@link Stopping} ends what takes too long or is not wanted any more.
 *
 * <p>A node under way counts in {@link Scope#busy} from {@link #begin} to {@link #end}. All methods
 * run on the thread that drives the run.
 */
final class Attempts {
  private final Run run;

  // Runs of plain nodes alone need none of these.
  private @Nullable Admission admission;
  private @Nullable FailureHandling failures;
  private @Nullable Stopping stopping;

  Attempts(Run run) {
    this.run = run;
  }

  /** How ready nodes come to their attempts. */
  Admission admission() {
    if (admission == null) {
      admission = new Admission(run);
    }
    return admission;
  }

  /** What follows from failures. */
  FailureHandling failures() {
    if (failures == null) {
      failures = new FailureHandling(run);
    }
    return failures;
  }

  /** Time-outs and stops. */
  Stopping stopping() {
    if (stopping == null) {
      stopping = new Stopping(run);
    }
    return stopping;
  }

  // ---- beginning

  /** Begins a ready node that is not plain. */
  void begin(Scope scope, int n) {
    PlanNode node = scope.plan.nodes[n];
    if (node.node.disabled()) {
      passOn(scope, n);
    } else if (isUnfired(node)) {
      scope.state(n).reason = "another trigger fired";
      scope.status(n, SKIPPED);
      run.emitter.over(scope, n);
      scope.leave(n, PlanNode.NONE);
    } else {
      scope.busy++;
      admission().enter(scope, n);
    }
  }

  /** A trigger node that is skipped because another one fired. */
  boolean isUnfired(PlanNode node) {
    return !node.node.disabled() && node.kind == NodeKind.TRIGGER && !hasFired(node);
  }

  private boolean hasFired(PlanNode node) {
    String trigger = run.start.trigger();
    return trigger == null || trigger.equals(node.id);
  }

  private void passOn(Scope scope, int n) {
    scope.output(n, NodeInput.of(scope, n));
    NodeState state = scope.state(n);
    state.reason = "disabled";
    state.port = scope.plan.nodes[n].port(Edge.MAIN);
    scope.status(n, SKIPPED);
    run.emitter.over(scope, n);
    record(scope, n);
    scope.leave(n, state.port);
  }

  private void record(Scope scope, int n) {
    if (run.journal != null) {
      run.journal.over(scope, n);
    }
  }

  // ---- attempting

  /** Begins an attempt, once what came before it is written down where it has effects. */
  void attempt(Scope scope, int n, PlanNode node, NodeState state) {
    Journal journal = run.journal;
    if (journal == null || node.descriptor.isPure()) {
      attemptNow(scope, n, node, state);
      return;
    }
    boolean action = node.kind == NodeKind.ACTION || node.kind == NodeKind.TRIGGER;
    if (action) {
      journal.began(scope, n, state);
    }
    if (!action) {
      attemptNow(scope, n, node, state);
      return;
    }
    scope.status(n, RUNNING);
    journal.afterWriting(
        () -> {
          if (scope.status(n) == RUNNING && !state.stopped && state.call == null) {
            attemptNow(scope, n, node, state);
          }
        });
  }

  private void attemptNow(Scope scope, int n, PlanNode node, NodeState state) {
    state.attempts++;
    state.ratePaid = false;
    state.reason = null;
    boolean pooled = node.kind == NodeKind.ACTION && (node.blocking || isTimed(node));
    NodeCall call = new NodeCall(scope, n, state.attempts);
    state.call = call;
    markStarted(scope, n, state);
    if (pooled || isTimed(node)) {
      stopping().setTimers(scope, n, node, state, pooled);
    }
    scope.status(n, RUNNING);
    if (node.kind != NodeKind.ACTION && node.kind != NodeKind.TRIGGER) {
      beginWork(scope, n, node, state);
    } else if (pooled) {
      goAway(state);
      try {
        run.host.execute(call);
      } catch (RuntimeException refused) {
        outcome(call, null, refused);
      }
    } else {
      call.runHere();
    }
  }

  /** An attempt is under way off the driving thread. */
  private void goAway(NodeState state) {
    if (!state.away) {
      state.away = true;
      run.calls++;
    }
  }

  private static boolean isTimed(PlanNode node) {
    return node.attemptMicros > 0 || node.totalMicros > 0;
  }

  private void markStarted(Scope scope, int n, NodeState state) {
    if (state.attempts == 1) {
      long now = run.readClock();
      // A node run that an earlier life of the run began keeps its begin.
      if (!state.journaled || scope.startedMicros(n) == 0) {
        scope.startedMicros(n, now);
      }
      if (run.listening) {
        run.emitter.started(scope, n, run.lastMicros);
      }
    }
  }

  /** A gate refuses the attempt, which counts as made and failed. */
  void refused(Scope scope, int n, ActionException refusal) {
    NodeState state = scope.state(n);
    state.attempts++;
    markStarted(scope, n, state);
    failures().failAttempt(scope, n, run.errorOf(refusal, scope.path(n)), true);
  }

  private void beginWork(Scope scope, int n, PlanNode node, NodeState state) {
    try {
      if (run.journal != null) {
        state.dueMicros = 0;
        run.journal.began(scope, n, state);
      }
      state.work = Works.begin(scope, n, node, state);
    } catch (RuntimeException refused) {
      NodeCall call = state.call;
      if (call != null) {
        outcome(call, null, refused);
      }
    }
  }

  // ---- outcomes

  /**
   * A plain node's action returned a stage: from here on it is like any other asynchronous node.
   */
  void beginAsync(
      Scope scope, int n, long begin, Object config, NodeCall call, CompletionStage<?> stage) {
    NodeState state = scope.state(n);
    state.attempts = 1;
    state.config = config;
    state.resolved = true;
    state.call = call;
    scope.startedMicros(n, begin);
    scope.status(n, RUNNING);
    scope.busy++;
    await(call, stage);
  }

  /** A plain node's attempt failed: retries and handling are as for any other. */
  void failPlain(Scope scope, int n, long begin, @Nullable Object config, Throwable thrown) {
    NodeState state = scope.state(n);
    scope.startedMicros(n, begin);
    scope.busy++;
    keepInterrupt(thrown);
    ExecutionError error = run.errorOf(thrown, scope.path(n));
    if (config != null) {
      state.attempts = 1;
      state.config = config;
      state.resolved = true;
      failures().failAttempt(scope, n, error, Failures.isRetryable(thrown));
    } else {
      failures().fail(scope, n, error);
    }
  }

  static void keepInterrupt(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  /** News of an attempt, on the driving thread. */
  void outcome(NodeCall call, @Nullable Object result, @Nullable Throwable thrown) {
    Scope scope = call.scope;
    int n = call.node;
    NodeState state = scope.state(n);
    if (state.call != call) {
      run.host.discarded(run.id(), scope.path(n));
      return;
    }
    if (thrown == null && result instanceof CompletionStage<?> stage && state.stage == null) {
      if (state.stopped) {
        Stages.cancel(stage);
        end(scope, n, CANCELLED);
      } else {
        await(call, stage);
      }
      return;
    }
    if (thrown != null && (scope.stopping || state.stopped)) {
      end(scope, n, CANCELLED);
      return;
    }
    settle(scope, n, state, thrown == null);
    run.list(scope);
    if (thrown != null) {
      failures()
          .failAttempt(scope, n, run.errorOf(thrown, scope.path(n)), Failures.isRetryable(thrown));
      return;
    }
    int port = 0;
    Object value = result;
    try {
      if (result instanceof Output chosen) {
        port = portOf(scope.plan.nodes[n], chosen);
        value = chosen.value();
      }
      value = run.normalise(value);
    } catch (Throwable refused) {
      boolean passing = refused instanceof FlowForgeException known && known.retryable();
      failures().failAttempt(scope, n, run.errorOf(refused, scope.path(n)), passing);
      return;
    }
    complete(scope, n, port, value);
  }

  private void await(NodeCall call, CompletionStage<?> stage) {
    NodeState state = call.scope.state(call.node);
    state.stage = stage;
    goAway(state);
    try {
      stage.whenComplete(
          (value, thrown) ->
              run.post(
                  new Mail() {
                    @Override
                    void deliver() {
                      outcome(call, value, thrown);
                    }
                  }));
    } catch (Throwable refused) {
      outcome(call, null, refused);
    }
  }

  /** The attempt is over: gives back what it held. */
  void settle(Scope scope, int n, NodeState state, boolean success) {
    state.call = null;
    state.stage = null;
    state.work = null;
    state.attemptTimer = NodeState.cancel(state.attemptTimer);
    state.timer = NodeState.cancel(state.timer);
    if (state.away) {
      state.away = false;
      run.calls--;
    }
    admission().leave(scope, n, state, success);
  }

  int portOf(PlanNode node, Output chosen) {
    int port = node.port(chosen.port());
    if (port == PlanNode.NONE || port == PlanNode.ERROR) {
      throw ActionException.permanent(
          "FF-ACTION-PORT",
          "type "
              + node.type
              + " left through port \""
              + chosen.port()
              + "\", it has "
              + String.join(", ", node.ports));
    }
    return port;
  }

  /** The node has its output. */
  void complete(Scope scope, int n, int port, @Nullable Object value) {
    PlanNode node = scope.plan.nodes[n];
    NodeState state = scope.state(n);
    settle(scope, n, state, true);
    state.cancelTimers();
    state.port = port;
    if (state.attempts > 0) {
      state.reason = null;
    }
    scope.output(n, value);
    scope.finishedMicros(n, run.readClock());
    scope.status(n, COMPLETED);
    scope.busy--;
    // What a blob holds may be gone before the cache forgets it.
    if (state.cacheKey != null && node.cache != null && Blob.of(value).isEmpty()) {
      ResultCache.Entry entry = new ResultCache.Entry(port, value);
      run.host.cache().put(state.cacheKey, node, entry, node.cache.ttl());
    }
    state.config = null;
    if (node.compensation != null) {
      run.ending.toUndo(scope, n);
    }
    run.emitter.over(scope, n);
    record(scope, n);
    if (!scope.stopping) {
      scope.leave(n, port);
    }
    run.list(scope);
  }

  /** The node is over without an output. */
  void end(Scope scope, int n, NodeStatus last) {
    NodeState state = scope.state(n);
    if (last == CANCELLED) {
      admission().forgetBreaker(state);
    }
    settle(scope, n, state, false);
    state.inTypeLine = false;
    state.inRateLine = false;
    state.inCacheLine = false;
    state.cancelTimers();
    if (scope.startedMicros(n) == 0) {
      scope.startedMicros(n, run.lastMicros);
    }
    scope.finishedMicros(n, run.readClock());
    scope.status(n, last);
    scope.busy--;
    state.config = null;
    run.emitter.over(scope, n);
    record(scope, n);
    run.list(scope);
  }

  // ---- replaying

  /** A node run was over in an earlier life of the run; what follows from that is as it was. */
  void replayEnd(Scope scope, int n, int port) {
    PlanNode node = scope.plan.nodes[n];
    NodeStatus last = scope.status(n);
    NodeState state = scope.state(n);
    if (last == COMPLETED && node.compensation != null) {
      run.ending.toUndo(scope, n);
    }
    if (last == FAILED && port != PlanNode.ERROR) {
      ExecutionError error = state.error;
      failures()
          .spread(scope, n, error == null ? ExecutionError.of("FF-FAIL", "failed", null) : error);
    } else if (last != CANCELLED && !scope.stopping) {
      scope.leave(n, port);
    }
  }

  /** Goes on with a node run that was under way when the process of an earlier life ended. */
  void goOn(Scope scope, int n) {
    NodeState state = scope.state(n);
    PlanNode node = scope.plan.nodes[n];
    state.begun = false;
    if (node.totalMicros > 0) {
      stopping().setTotalTimer(scope, n, node, state, scope.startedMicros(n));
    }
    if (scope.stopping) {
      stopping().stop(scope, n);
    } else if (state.work instanceof Work work) {
      work.goOn();
    } else if (scope.status(n) == WAITING) {
      Admission entrance = admission();
      state.timer = run.host.time().schedule(state.dueMicros, () -> entrance.wake(scope, n));
    } else {
      scope.status(n, PENDING);
      admission().enter(scope, n);
    }
    run.list(scope);
  }
}
