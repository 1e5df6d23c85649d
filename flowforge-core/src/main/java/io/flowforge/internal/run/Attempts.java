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
import io.flowforge.flow.CircuitBreaker;
import io.flowforge.flow.Edge;
import io.flowforge.flow.FailureMode;
import io.flowforge.flow.OnError;
import io.flowforge.internal.plan.NodeKind;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.ErrorHandler;
import io.flowforge.spi.Output;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a node run that the short way in {@link Scope} leaves out: gates, attempts,
 * time-outs, retries, failures and their handling, stopping.
 *
 * <p>A node under way counts in {@link Scope#busy} from {@link #begin} to {@link #end}. All methods
 * run on the thread that drives the run.
 */
final class Attempts {
  private final Run run;

  /** Completed nodes that a failure undoes, the last on top. */
  private @Nullable ArrayDeque<Undoing.Done> undo;

  private Attempts(Run run) {
    this.run = run;
  }

  static Attempts of(Run run) {
    return new Attempts(run);
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
      enter(scope, n);
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
    scope.output(n, scope.input(n));
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

  /** Takes a place of the parallelism limit, or waits for one. */
  private void enter(Scope scope, int n) {
    PlanNode node = scope.plan.nodes[n];
    NodeState state = scope.state(n);
    if (run.limited && node.takesPlace()) {
      if (!run.placeFree()) {
        state.reason = "waits for a place (settings.maxParallelism)";
        state.held = true;
        run.hold(scope, n);
        return;
      }
      state.held = false;
      state.reason = null;
      state.holdsPlace = true;
      run.running++;
    }
    pass(scope, n);
  }

  /** A place is free for a node that was held. */
  void unhold(Scope scope, int n) {
    if (scope.state(n).held && !scope.stopping) {
      enter(scope, n);
      run.list(scope);
    }
  }

  /** Resolves the config once, then goes through the gates to the attempt. */
  private void pass(Scope scope, int n) {
    PlanNode node = scope.plan.nodes[n];
    NodeState state = scope.state(n);
    if (!state.resolved) {
      try {
        state.config = resolve(scope, n, node, state);
        state.resolved = true;
      } catch (RuntimeException refused) {
        fail(scope, n, errorOf(refused, scope.path(n)));
        return;
      }
    }
    try {
      if (fromCache(scope, n, node, state) || !gatesOpen(scope, n, node, state)) {
        return;
      }
    } catch (RuntimeException refused) {
      fail(scope, n, errorOf(refused, scope.path(n)));
      return;
    }
    attempt(scope, n, node, state);
  }

  private Object resolve(Scope scope, int n, PlanNode node, NodeState state) {
    Env env = new Env(scope, n);
    if (run.journal == null || !node.config.isWritten()) {
      return node.config.bind(env);
    }
    state.resolvedConfig = node.config.resolve(env);
    return node.config.bind(state.resolvedConfig, env);
  }

  private boolean fromCache(Scope scope, int n, PlanNode node, NodeState state) {
    if (node.cache == null) {
      return false;
    }
    if (state.cacheKey == null) {
      state.cacheKey = CacheKey.of(node, scope, new Env(scope, n), state.config);
    }
    ResultCache.Entry entry = run.host.cache().get(state.cacheKey);
    if (entry == null) {
      return false;
    }
    scope.startedMicros(n, run.lastMicros);
    state.reason = "from the cache";
    state.cacheKey = null;
    complete(scope, n, entry.port(), entry.output());
    return true;
  }

  private boolean gatesOpen(Scope scope, int n, PlanNode node, NodeState state) {
    Gates gates = run.host.gates();
    if (gates.limited(node.type) && !state.holdsType) {
      if (!gates.enterType(node.type, () -> run.host.dispatch(() -> called(scope, n)))) {
        state.inTypeLine = true;
        waitAtGate(scope, n, state, 0, "waits for a place of type " + node.type);
        return false;
      }
      state.holdsType = true;
    }
    if (node.rateLimit != null && !state.ratePaid) {
      String key = GateKey.of(node.rateKey, scope, n, scope.plan.root().flow.id() + "/" + node.id);
      long wait =
          gates.reserve(node.rateLimit, key, () -> run.host.dispatch(() -> permitted(scope, n)));
      state.inRateLine = wait == Gates.LATER;
      state.ratePaid = wait != Gates.LATER;
      if (wait != Gates.PASS) {
        long due = wait == Gates.LATER ? 0 : run.readClock() + wait;
        waitAtGate(scope, n, state, due, "waits for the rate limit " + key);
        return false;
      }
    }
    return node.breaker == null || breakerLetsIn(scope, n, node, state, node.breaker);
  }

  private boolean breakerLetsIn(
      Scope scope, int n, PlanNode node, NodeState state, CircuitBreaker policy) {
    String key = GateKey.of(node.breakerKey, scope, n, node.type);
    long wait = run.host.gates().enterBreaker(policy, key);
    if (wait == Gates.PASS) {
      state.breakerKey = key;
      return true;
    }
    if (policy.whenOpen() == CircuitBreaker.WhenOpen.PARK) {
      waitAtGate(scope, n, state, run.lastMicros + wait, "waits for circuit breaker " + key);
      return false;
    }
    state.attempts++;
    markStarted(scope, n, state);
    ActionException open =
        ActionException.transientFailure(
            "FF-CIRCUIT-OPEN", "circuit breaker \"" + key + "\" is open");
    failAttempt(scope, n, errorOf(open, scope.path(n)), true);
    return false;
  }

  private void waitAtGate(Scope scope, int n, NodeState state, long due, String reason) {
    release(scope, n, state);
    state.reason = reason;
    scope.status(n, WAITING);
    if (due > 0) {
      state.dueMicros = due;
      state.timer = run.host.time().schedule(due, () -> wake(scope, n));
    }
  }

  /**
   * A place of the node's type is free; when it is not wanted any more, or not yet, the next is
   * called.
   */
  private void called(Scope scope, int n) {
    run.post(
        new Mail() {
          @Override
          void deliver() {
            NodeState state = scope.state(n);
            boolean wanted = state.inTypeLine && scope.status(n) == WAITING;
            state.inTypeLine = false;
            if (wanted) {
              wake(scope, n);
            }
            if (!wanted || run.isPaused()) {
              run.host.gates().callNext(scope.plan.nodes[n].type);
            }
          }
        });
  }

  /** There may be a permit of the node's rate by now. */
  private void permitted(Scope scope, int n) {
    run.post(
        new Mail() {
          @Override
          void deliver() {
            NodeState state = scope.state(n);
            if (state.inRateLine && scope.status(n) == WAITING) {
              state.inRateLine = false;
              wake(scope, n);
            }
          }
        });
  }

  /** A gate has opened or a retry is due. */
  private void wake(Scope scope, int n) {
    run.post(
        new Mail() {
          @Override
          void deliver() {
            NodeState state = scope.state(n);
            if (scope.status(n) != WAITING || state.call != null || state.stopped) {
              return;
            }
            if (run.isPaused()) {
              run.holdUntilResumed(this);
              return;
            }
            state.timer = null;
            state.dueMicros = 0;
            state.reason = null;
            scope.status(n, PENDING);
            enter(scope, n);
            run.list(scope);
          }
        });
  }

  // ---- attempting

  private void attempt(Scope scope, int n, PlanNode node, NodeState state) {
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
    setTimers(scope, n, node, state, pooled);
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

  private void setTimers(Scope scope, int n, PlanNode node, NodeState state, boolean pooled) {
    long limit = node.attemptMicros;
    if (limit == 0 && pooled) {
      limit = run.host.nodeTimeoutMicros();
    }
    if (limit > 0) {
      int attempt = state.attempts;
      state.attemptDueMicros = run.lastMicros + limit;
      state.attemptTimer = timeout(scope, n, attempt, limit, state.attemptDueMicros);
    }
    if (node.totalMicros > 0 && state.totalTimer == null) {
      state.totalDueMicros = run.lastMicros + node.totalMicros;
      state.totalTimer = timeout(scope, n, 0, node.totalMicros, state.totalDueMicros);
    }
  }

  private io.flowforge.spi.TimeSource.Timer timeout(
      Scope scope, int n, int attempt, long limit, long due) {
    Mail letter =
        new Mail() {
          @Override
          void deliver() {
            timedOut(scope, n, attempt, limit);
          }
        };
    return run.host.time().schedule(due, () -> run.post(letter));
  }

  private void timedOut(Scope scope, int n, int attempt, long limit) {
    NodeState state = scope.state(n);
    boolean total = attempt == 0;
    if (scope.status(n).isFinal() || state.stopped || !total && state.attempts != attempt) {
      return;
    }
    if (!total && state.call == null && state.work == null) {
      return;
    }
    ExecutionError error =
        ExecutionError.of(
            "FF-TIMEOUT",
            "node took longer than its "
                + (total ? "total time-out of " : "time-out of ")
                + java.time.Duration.ofNanos(limit * 1000),
            scope.path(n));
    if (state.work instanceof Work work && !work.stop()) {
      state.pending = error;
      state.pendingRetry = !total;
      return;
    }
    interrupt(state);
    failAttempt(scope, n, error, !total);
    run.list(scope);
  }

  private void interrupt(NodeState state) {
    if (state.call != null) {
      state.call.interrupt();
    }
    if (state.stage != null) {
      Stages.cancel(state.stage);
      state.stage = null;
    }
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
    ExecutionError error = errorOf(thrown, scope.path(n));
    if (config != null) {
      state.attempts = 1;
      state.config = config;
      state.resolved = true;
      failAttempt(scope, n, error, Failures.isRetryable(thrown));
    } else {
      fail(scope, n, error);
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
      failAttempt(scope, n, errorOf(thrown, scope.path(n)), Failures.isRetryable(thrown));
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
      failAttempt(scope, n, errorOf(refused, scope.path(n)), passing);
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
  private void settle(Scope scope, int n, NodeState state, boolean success) {
    state.call = null;
    state.stage = null;
    state.work = null;
    state.attemptTimer = NodeState.cancel(state.attemptTimer);
    state.timer = NodeState.cancel(state.timer);
    if (state.away) {
      state.away = false;
      run.calls--;
    }
    CircuitBreaker breaker = scope.plan.nodes[n].breaker;
    if (breaker != null && state.breakerKey != null) {
      run.host.gates().leaveBreaker(breaker, state.breakerKey, success);
      state.breakerKey = null;
    }
    release(scope, n, state);
  }

  private void release(Scope scope, int n, NodeState state) {
    if (state.holdsType) {
      state.holdsType = false;
      run.host.gates().leaveType(scope.plan.nodes[n].type);
    }
    if (state.holdsPlace) {
      state.holdsPlace = false;
      run.placeFreed();
    }
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
      run.host.cache().put(state.cacheKey, new ResultCache.Entry(port, value), node.cache.ttl());
    }
    state.config = null;
    if (node.compensation != null) {
      undo = undo == null ? new ArrayDeque<>() : undo;
      undo.push(new Undoing.Done(scope, n));
    }
    run.emitter.over(scope, n);
    record(scope, n);
    if (!scope.stopping) {
      scope.leave(n, port);
    }
    run.list(scope);
  }

  int toUndo() {
    return undo == null ? 0 : undo.size();
  }

  ArrayDeque<Undoing.Done> takeUndo() {
    ArrayDeque<Undoing.Done> taken = undo == null ? new ArrayDeque<>() : undo;
    undo = null;
    return taken;
  }

  // ---- failures

  /** An attempt failed: another follows, or the node fails. */
  void failAttempt(Scope scope, int n, ExecutionError error, boolean retryable) {
    NodeState state = scope.state(n);
    settle(scope, n, state, false);
    PlanNode node = scope.plan.nodes[n];
    long now = run.readClock();
    if (node.retry != null && !scope.stopping) {
      long delay =
          Backoff.next(
              node.retry,
              state.attempts,
              error.code(),
              retryable,
              run.host.random(),
              now - scope.startedMicros(n));
      if (delay >= 0 && (state.totalDueMicros == 0 || now + delay <= state.totalDueMicros)) {
        retry(scope, n, state, error, now + delay);
        return;
      }
    }
    fail(scope, n, error);
  }

  private void retry(Scope scope, int n, NodeState state, ExecutionError error, long due) {
    state.error = error;
    state.dueMicros = due;
    state.reason = "waits for attempt " + (state.attempts + 1);
    scope.status(n, WAITING);
    run.emitter.retry(scope, n, due);
    if (run.journal != null) {
      run.journal.retry(scope, n, state);
    }
    state.timer = run.host.time().schedule(due, () -> wake(scope, n));
  }

  /** The node has failed for good; what that means is for its edges and policies to say. */
  void fail(Scope scope, int n, ExecutionError error) {
    PlanNode node = scope.plan.nodes[n];
    NodeState state = scope.state(n);
    settle(scope, n, state, false);
    state.error = error;
    if (scope.stopping) {
      end(scope, n, CANCELLED);
    } else if (node.hasErrorEdge) {
      state.port = PlanNode.ERROR;
      end(scope, n, FAILED);
      scope.leave(n, PlanNode.ERROR);
    } else if (node.node.onError() == OnError.CONTINUE) {
      goOn(scope, n, node);
    } else {
      ask(scope, n, error, state);
    }
  }

  private void goOn(Scope scope, int n, PlanNode node) {
    try {
      Object value = node.fallback == null ? null : node.fallback.resolve(new Env(scope, n));
      scope.state(n).cacheKey = null;
      complete(scope, n, 0, run.normalise(value));
    } catch (RuntimeException refused) {
      unhandled(scope, n, errorOf(refused, scope.path(n)));
    }
  }

  /** Asks the engine-wide handler, if there is one. */
  private void ask(Scope scope, int n, ExecutionError error, NodeState state) {
    ErrorHandler handler = run.host.errorHandler(error.code());
    ErrorHandler.Decision decision = ErrorHandler.Decision.fail();
    if (handler != null) {
      try {
        decision = handler.handle(error, state.attempts);
        if (decision instanceof ErrorHandler.Decision.Continue go) {
          decision = ErrorHandler.Decision.continueWith(run.normalise(go.value()));
        }
      } catch (Throwable refused) {
        run.host.complain("error handler for " + error.code() + " failed", refused);
        decision = ErrorHandler.Decision.fail();
      }
    }
    if (decision instanceof ErrorHandler.Decision.Continue go) {
      complete(scope, n, 0, go.value());
    } else if (decision instanceof ErrorHandler.Decision.Retry again) {
      retry(scope, n, state, error, run.lastMicros + Run.micros(again.delay()));
    } else {
      unhandled(scope, n, error);
    }
  }

  private void unhandled(Scope scope, int n, ExecutionError error) {
    end(scope, n, FAILED);
    spread(scope, n, error);
  }

  /** What a failure that nobody handles means for the rest. */
  private void spread(Scope scope, int n, ExecutionError error) {
    if (scope.failure == null) {
      scope.failure = error;
    }
    if (run.plan.flow.settings().onError() == FailureMode.FINISH_BRANCHES) {
      scope.leavePoisoned(n);
    } else {
      stopFor(scope, error);
    }
  }

  private void stopFor(Scope scope, ExecutionError error) {
    if (scope == run.root()) {
      run.decideFailure(error);
    }
    scope.stop();
  }

  /**
   * An edge's condition failed: the place is told, and nobody can handle it but the scope's owner.
   */
  void edgeFailed(Scope scope, int k, RuntimeException broken) {
    String from = scope.plan.nodes[scope.plan.source[k]].id;
    String to = scope.plan.nodes[scope.plan.target[k]].id;
    ExecutionError cause = errorOf(broken, scope.path(scope.plan.source[k]));
    ExecutionError error =
        new ExecutionError(
            cause.code(),
            "condition of edge " + from + " → " + to + ": " + cause.message(),
            cause.node(),
            cause.details());
    if (run.journal != null) {
      run.journal.broke(scope, error);
    }
    broke(scope, error);
  }

  /** A scope fails without a node of it having failed. */
  void broke(Scope scope, ExecutionError error) {
    if (scope.failure == null) {
      scope.failure = error;
    }
    stopFor(scope, error);
  }

  // ---- stopping

  /** Stops a node under way in a scope that stops. */
  void stop(Scope scope, int n) {
    NodeState state = scope.state(n);
    state.stopped = true;
    state.cancelTimers();
    if (state.held) {
      state.held = false;
      scope.busy--;
      return;
    }
    if (state.work instanceof Work work) {
      if (work.stop()) {
        end(scope, n, CANCELLED);
      }
    } else if (state.stage != null) {
      interrupt(state);
      end(scope, n, CANCELLED);
    } else if (state.call != null) {
      state.call.interrupt();
    } else {
      end(scope, n, CANCELLED);
    }
  }

  /** A loop, wait or sub-flow that was told to stop has done so. */
  void stopped(Scope scope, int n) {
    NodeState state = scope.state(n);
    ExecutionError pending = state.pending;
    state.pending = null;
    if (pending != null && !scope.stopping) {
      state.work = null;
      failAttempt(scope, n, pending, state.pendingRetry);
    } else {
      end(scope, n, CANCELLED);
    }
    run.list(scope);
  }

  /** The node is over without an output. */
  void end(Scope scope, int n, NodeStatus last) {
    NodeState state = scope.state(n);
    if (last == CANCELLED && state.breakerKey != null) {
      run.host.gates().forgetBreaker(state.breakerKey);
      state.breakerKey = null;
    }
    settle(scope, n, state, false);
    state.inTypeLine = false;
    state.inRateLine = false;
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
      undo = undo == null ? new ArrayDeque<>() : undo;
      undo.push(new Undoing.Done(scope, n));
    }
    if (last == FAILED && port != PlanNode.ERROR) {
      ExecutionError error = state.error;
      spread(scope, n, error == null ? ExecutionError.of("FF-FAIL", "failed", null) : error);
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
      state.totalDueMicros = scope.startedMicros(n) + node.totalMicros;
      state.totalTimer = timeout(scope, n, 0, node.totalMicros, state.totalDueMicros);
    }
    if (scope.stopping) {
      stop(scope, n);
    } else if (state.work instanceof Work work) {
      work.goOn();
    } else if (scope.status(n) == WAITING) {
      state.timer = run.host.time().schedule(state.dueMicros, () -> wake(scope, n));
    } else {
      scope.status(n, PENDING);
      enter(scope, n);
    }
    run.list(scope);
  }

  /** The public form of a failure. */
  ExecutionError errorOf(Throwable thrown, @Nullable String path) {
    return run.host.redacted(Failures.describe(thrown, path));
  }
}
