package io.flowforge.internal.run;

import io.flowforge.internal.binding.PlainKeys;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.control.WhileConfig;
import io.flowforge.internal.plan.Plan;
import io.flowforge.spi.ActionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a body again and again while a condition holds. */
final class WhileWork implements Work, ScopeOwner {
  private static final PlainKeys RESULT = PlainKeys.of("iterations", "last");

  private final Scope scope;
  private final int node;
  private final NodeCall call;
  private final Plan body;
  private final WhileConfig config;
  private final List<Scope> iterations = new ArrayList<>();
  private @Nullable Object last;
  private boolean stopped;

  private WhileWork(Scope scope, int node, NodeCall call, Plan body, WhileConfig config) {
    this.scope = scope;
    this.node = node;
    this.call = call;
    this.body = body;
    this.config = config;
  }

  static Work begin(Scope scope, int n, NodeState state) {
    Plan body = scope.plan.nodes[n].body;
    if (body == null || state.call == null || !(state.config instanceof WhileConfig config)) {
      throw new IllegalStateException("while without body: " + scope.path(n));
    }
    WhileWork work = new WhileWork(scope, n, state.call, body, config);
    state.work = work;
    state.iterations = work.iterations;
    work.next();
    return work;
  }

  @Override
  public void goOn() {
    if (iterations.isEmpty() || iterations.get(iterations.size() - 1).isOver()) {
      next();
    }
  }

  /** The journal says that another iteration began. */
  void replayRound() {
    begin(iterations.size());
  }

  private void next() {
    if (scope.run.replaying) {
      return;
    }
    int index = iterations.size();
    boolean more;
    try {
      more = ((BoundItem) config.condition()).holds(index, last);
    } catch (RuntimeException broken) {
      scope.run.attempts.outcome(call, null, broken);
      return;
    }
    if (!more) {
      scope.run.attempts.outcome(call, PlainMap.of(RESULT, index, last), null);
    } else if (index >= config.maxIterations()) {
      scope.run.attempts.outcome(
          call,
          null,
          ActionException.permanent(
              "FF-WHILE-LIMIT",
              "the condition still holds after maxIterations " + config.maxIterations()));
    } else {
      if (scope.run.journal != null) {
        scope.run.journal.round(scope, node, index);
      }
      begin(index);
    }
  }

  private void begin(int index) {
    Scope iteration = new Scope(scope.run, body, scope, this, index, null);
    iterations.add(iteration);
    scope.run.list(iteration);
  }

  @Override
  public @Nullable Object entryInput(Scope iteration) {
    return last;
  }

  @Override
  public void over(Scope iteration) {
    if (iteration.failure == null && !stopped) {
      try {
        last = Outcome.result(iteration);
      } catch (RuntimeException broken) {
        iteration.failure = scope.run.errorOf(broken, scope.path(node));
      }
    }
    scope.run.recordOver(iteration, last);
    if (scope.run.replaying) {
      return;
    }
    if (stopped) {
      scope.run.attempts.stopping().stopped(scope, node);
    } else if (iteration.failure != null) {
      scope.run.attempts.outcome(call, null, new LoopFailure(iteration.failure));
    } else {
      next();
    }
  }

  @Override
  public boolean stop() {
    stopped = true;
    if (iterations.isEmpty()) {
      return true;
    }
    iterations.get(iterations.size() - 1).stop();
    return false;
  }

  @Override
  public boolean abandon() {
    if (iterations.isEmpty()) {
      return false;
    }
    iterations.get(iterations.size() - 1).abandon();
    return true;
  }
}
