package io.flowforge.internal.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Finds the scopes of a run. */
final class Scopes {
  private Scopes() {}

  /** Those that are not over, outer ones first. */
  static List<Scope> live(Run run) {
    List<Scope> live = new ArrayList<>();
    ArrayDeque<Scope> todo = new ArrayDeque<>();
    todo.add(run.root());
    Undoing undoing = run.undoing();
    if (undoing != null && undoing.scope() != null) {
      todo.add(undoing.scope());
    }
    while (!todo.isEmpty()) {
      Scope scope = todo.poll();
      if (scope.isOver()) {
        continue;
      }
      live.add(scope);
      for (int n = 0; n < scope.plan.nodes.length; n++) {
        NodeState state = scope.stateOrNull(n);
        if (state != null && state.iterations != null && !scope.status(n).isFinal()) {
          todo.addAll(state.iterations);
        }
      }
    }
    return live;
  }
}
