package io.flowforge.internal.run;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The places of a run whose flow limits how many of its nodes are under way at once ({@code
 * settings.maxParallelism}), and the ready nodes that stand in line for one, the first first.
 *
 * <p>All methods run on the thread that drives the run.
 */
final class Places {
  private final Run run;
  private final int limit;
  private int taken;
  private @Nullable ArrayDeque<Held> line;
  private boolean lettingIn;

  /** A ready node without a place. */
  private record Held(Scope scope, int node) {}

  Places(Run run, int limit) {
    this.run = run;
    this.limit = limit;
  }

  /** Takes a place for a node; false when none is free, and it stands in line now. */
  boolean enter(Scope scope, int n) {
    NodeState state = scope.state(n);
    if (taken >= limit) {
      state.reason = "waits for a place (settings.maxParallelism)";
      state.held = true;
      if (line == null) {
        line = new ArrayDeque<>();
      }
      line.add(new Held(scope, n));
      return false;
    }
    state.held = false;
    state.reason = null;
    state.holdsPlace = true;
    taken++;
    return true;
  }

  /** Gives a place back. */
  void leave() {
    taken--;
    letIn();
  }

  /** A loop, not a recursion: nodes that end at once come back through {@link #leave}. */
  void letIn() {
    if (lettingIn || line == null) {
      return;
    }
    lettingIn = true;
    while (!line.isEmpty() && taken < limit && !run.isPaused()) {
      Held first = line.poll();
      run.attempts.admission().unhold(first.scope, first.node);
    }
    lettingIn = false;
  }

  /** Whether no node has a place. */
  boolean areFree() {
    return taken == 0;
  }
}
