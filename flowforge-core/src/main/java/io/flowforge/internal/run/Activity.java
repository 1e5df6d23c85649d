package io.flowforge.internal.run;

import io.flowforge.execution.NodeStatus;
import java.util.ArrayList;
import java.util.List;

/** Counts what is under way in a run, bodies included. */
record Activity(int calls, int waits, int others, long wakeMicros) {
  static Activity of(Scope root) {
    Counter counter = new Counter();
    counter.count(root);
    if (root.run.undoing() != null && root.run.undoing().scope() != null) {
      counter.count(root.run.undoing().scope());
    }
    return new Activity(counter.calls, counter.waits, counter.others, counter.wake);
  }

  /** Whether all that is under way waits for a time, a message or an event. */
  boolean onlyWaits() {
    return calls == 0 && others == 0 && waits > 0;
  }

  /** Addresses of the calls under way. */
  static List<String> callsOf(Scope root) {
    Counter counter = new Counter();
    counter.count(root);
    return counter.paths;
  }

  private static final class Counter {
    private final List<String> paths = new ArrayList<>();
    private int calls;
    private int waits;
    private int others;
    private long wake;

    void count(Scope scope) {
      if (scope.busy == 0) {
        return;
      }
      for (int n = 0; n < scope.plan.nodes.length; n++) {
        NodeState state = scope.stateOrNull(n);
        if (state != null && !scope.status(n).isFinal()) {
          count(scope, n, state);
        }
      }
    }

    private void count(Scope scope, int n, NodeState state) {
      soonest(state.dueMicros);
      soonest(state.attemptTimer == null ? 0 : state.attemptDueMicros);
      soonest(state.totalTimer == null ? 0 : state.totalDueMicros);
      if (state.inTypeLine || state.inRateLine || state.inCacheLine || state.held) {
        others++;
      } else if (scope.status(n) == NodeStatus.WAITING) {
        waits++;
      } else if (state.iterations != null) {
        state.iterations.forEach(this::count);
      } else if (state.work instanceof SubflowWork) {
        waits++;
      } else if (state.call != null) {
        calls++;
        paths.add(scope.path(n));
      } else if (scope.status(n) == NodeStatus.RUNNING) {
        others++;
      }
    }

    private void soonest(long due) {
      if (due > 0 && (wake == 0 || due < wake)) {
        wake = due;
      }
    }
  }
}
