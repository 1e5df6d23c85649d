package io.flowforge.internal.run;

import static io.flowforge.execution.NodeStatus.PENDING;
import static io.flowforge.execution.NodeStatus.WAITING;

import io.flowforge.flow.CircuitBreaker;
import io.flowforge.internal.control.SubflowConfig;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.ActionException;

/**
 * The way of ready nodes to their attempts: a place of the flow's parallelism limit, the config,
 * the cache, the flow of a sub-flow node, then the gates that all runs share (places of a type,
 * rates, breakers).
 *
 * <p>A node that is not let on waits, and comes again through {@link #wake} when the gate calls it,
 * at a time, or when a retry is due. All methods run on the thread that drives the run, save {@link
 * #wake}, which any thread may call.
 */
final class Admission {
  private final Run run;

  Admission(Run run) {
    this.run = run;
  }

  /** Takes a place of the parallelism limit, or waits for one. */
  void enter(Scope scope, int n) {
    PlanNode node = scope.plan.nodes[n];
    Places places = run.places;
    if (places == null || !node.takesPlace() || places.enter(scope, n)) {
      pass(scope, n);
    }
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
        run.attempts.failures().fail(scope, n, run.errorOf(refused, scope.path(n)));
        return;
      }
    }
    try {
      if (fromCache(scope, n, node, state)
          || !flowIsAtHand(scope, n, node, state)
          || !gatesOpen(scope, n, node, state)) {
        return;
      }
    } catch (RuntimeException refused) {
      run.attempts.failures().fail(scope, n, run.errorOf(refused, scope.path(n)));
      return;
    }
    run.attempts.attempt(scope, n, node, state);
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
    ResultCache cache = run.host.cache();
    ResultCache.Entry entry = cache.get(state.cacheKey);
    if (entry == null && !state.cacheAsked) {
      state.cacheAsked = true;
      if (cache.ask(state.cacheKey, node, () -> heard(scope, n))) {
        state.inCacheLine = true;
        waitAtGate(scope, n, state, 0, "waits for the shared cache");
        return true;
      }
      entry = cache.get(state.cacheKey);
    }
    if (entry == null) {
      return false;
    }
    scope.startedMicros(n, run.lastMicros);
    state.reason = "from the cache";
    state.cacheKey = null;
    run.attempts.complete(scope, n, entry.port(), entry.output());
    return true;
  }

  /** What goes on from a store may come to a sub-flow before this process knows it. */
  private boolean flowIsAtHand(Scope scope, int n, PlanNode node, NodeState state) {
    if (run.journal == null || !(state.config instanceof SubflowConfig config)) {
      return true;
    }
    long wait = run.host.flowWaitMicros(run, node, config);
    if (wait == 0) {
      return true;
    }
    String flow = String.valueOf(config.flow());
    long due = 0;
    if (wait == Host.NEVER) {
      run.lackFlow(flow);
    } else {
      due = run.readClock() + wait;
    }
    waitAtGate(scope, n, state, due, "waits for flow " + flow);
    return false;
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
    run.attempts.refused(
        scope,
        n,
        ActionException.transientFailure(
            "FF-CIRCUIT-OPEN", "circuit breaker \"" + key + "\" is open"));
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

  /** The shared cache has answered, or will not in time; what it had is in memory. */
  private void heard(Scope scope, int n) {
    run.post(
        new Mail() {
          @Override
          void deliver() {
            NodeState state = scope.state(n);
            if (state.inCacheLine && scope.status(n) == WAITING) {
              state.inCacheLine = false;
              wake(scope, n);
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

  /** The attempt is over: tells the breaker how, and gives the places back. */
  void leave(Scope scope, int n, NodeState state, boolean success) {
    CircuitBreaker breaker = scope.plan.nodes[n].breaker;
    if (breaker != null && state.breakerKey != null) {
      run.host.gates().leaveBreaker(breaker, state.breakerKey, success);
      state.breakerKey = null;
    }
    release(scope, n, state);
  }

  /** The node run is stopped, which says nothing about the other side of the breaker. */
  void forgetBreaker(NodeState state) {
    if (state.breakerKey != null) {
      run.host.gates().forgetBreaker(state.breakerKey);
      state.breakerKey = null;
    }
  }

  private void release(Scope scope, int n, NodeState state) {
    if (state.holdsType) {
      state.holdsType = false;
      run.host.gates().leaveType(scope.plan.nodes[n].type);
    }
    if (state.holdsPlace) {
      state.holdsPlace = false;
      if (run.places != null) {
        run.places.leave();
      }
    }
  }

  /** A gate has opened or a retry is due. */
  void wake(Scope scope, int n) {
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
}
