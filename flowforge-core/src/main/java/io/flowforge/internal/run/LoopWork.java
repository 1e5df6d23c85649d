package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.internal.binding.PlainKeys;
import io.flowforge.internal.binding.PlainList;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.control.LoopConfig;
import io.flowforge.internal.plan.Plan;
import io.flowforge.spi.ActionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a body once for each item, so many at a time, and keeps the results in item order. */
final class LoopWork implements Work, ScopeOwner {
  private static final PlainKeys RESULT = PlainKeys.of("results", "errors", "count");
  private static final PlainKeys ERROR = PlainKeys.of("index", "item", "error");

  private final Scope scope;
  private final int node;
  private final NodeCall call;
  private final Plan body;
  private final LoopConfig config;
  private final @Nullable List<?> items;
  private final int count;
  private final Object[] results;
  private final List<Object> errors = new ArrayList<>();

  /** Every iteration so far, by index. */
  final List<Scope> iterations = new ArrayList<>();

  private int next;
  private int running;
  private boolean stopped;
  private boolean starting;
  private @Nullable ExecutionError failure;

  private LoopWork(Scope scope, int node, NodeCall call, Plan body, LoopConfig config) {
    this.scope = scope;
    this.node = node;
    this.call = call;
    this.body = body;
    this.config = config;
    this.items = items(config);
    this.count = items == null ? times(config) : items.size();
    int most = config.maxIterations();
    if (count > most) {
      throw ActionException.permanent(
          "FF-LOOP-SIZE",
          "the loop has "
              + count
              + " iterations, at most "
              + most
              + " are allowed; raise maxIterations");
    }
    this.results = new Object[count];
  }

  static Work begin(Scope scope, int n, NodeState state) {
    Plan body = scope.plan.nodes[n].body;
    if (body == null || state.call == null || !(state.config instanceof LoopConfig config)) {
      throw new IllegalStateException("loop without body: " + scope.path(n));
    }
    LoopWork work = new LoopWork(scope, n, state.call, body, config);
    state.work = work;
    state.iterations = work.iterations;
    work.startSome();
    return work;
  }

  private static @Nullable List<?> items(LoopConfig config) {
    Object given = config.items();
    if (given == null && config.times() == null) {
      throw ActionException.permanent(
          "FF-LOOP-ITEMS", "items is null; a loop needs a list in items, or times");
    }
    if (given == null) {
      return null;
    }
    if (!(given instanceof List<?> list)) {
      throw ActionException.permanent(
          "FF-LOOP-ITEMS",
          "items must be a list, was " + io.flowforge.internal.text.Shown.value(given));
    }
    Integer size = config.batchSize();
    return size == null ? list : batches(list, size);
  }

  private static List<Object> batches(List<?> items, int size) {
    List<Object> batches = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      batches.add(PlainList.copyOf(items.subList(from, Math.min(items.size(), from + size))));
    }
    return batches;
  }

  private static int times(LoopConfig config) {
    Integer times = config.times();
    return times == null ? 0 : times;
  }

  /** A loop, not a recursion: iterations that end at once come back through {@link #over}. */
  private void startSome() {
    if (starting) {
      return;
    }
    starting = true;
    while (!stopped && next < count && running < config.concurrency()) {
      int index = next++;
      running++;
      Object item = items == null ? (Object) index : items.get(index);
      Scope iteration = new Scope(scope.run, body, scope, this, index, item);
      iterations.add(iteration);
      scope.run.list(iteration);
    }
    starting = false;
    if (running == 0) {
      finish();
    }
  }

  @Override
  public void goOn() {
    if (running == 0) {
      finish();
    }
  }

  private void finish() {
    if (scope.run.replaying) {
      return;
    }
    if (failure != null
        && !scope.stopping
        && !scope.state(node).stopped
        && scope.state(node).pending == null) {
      scope.run.attempts.outcome(call, null, new LoopFailure(failure));
    } else if (stopped) {
      scope.run.attempts.stopping().stopped(scope, node);
    } else {
      scope.run.attempts.outcome(
          call, PlainMap.of(RESULT, PlainList.of(results), PlainList.copyOf(errors), count), null);
    }
  }

  @Override
  public @Nullable Object entryInput(Scope iteration) {
    return iteration.item;
  }

  @Override
  public void over(Scope iteration) {
    running--;
    if (iteration.failure == null && !stopped) {
      try {
        results[iteration.index] = Outcome.result(iteration);
      } catch (RuntimeException broken) {
        iteration.failure = scope.run.errorOf(broken, scope.path(node));
      }
    }
    scope.run.recordOver(iteration, results[iteration.index]);
    if (iteration.failure != null) {
      failed(iteration, iteration.failure);
    }
    startSome();
  }

  private void failed(Scope iteration, ExecutionError error) {
    if (config.onItemError() == LoopConfig.OnItemError.CONTINUE) {
      errors.add(PlainMap.of(ERROR, iteration.index, iteration.item, error.toValue()));
      results[iteration.index] = null;
    } else if (failure == null) {
      failure = error;
      stopIterations();
    }
  }

  private void stopIterations() {
    stopped = true;
    for (Scope iteration : iterations) {
      iteration.stop();
    }
  }

  @Override
  public boolean stop() {
    stopIterations();
    return running == 0;
  }

  @Override
  public boolean abandon() {
    for (Scope iteration : iterations) {
      iteration.abandon();
    }
    return running > 0;
  }
}
