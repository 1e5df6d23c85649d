package io.flowforge.internal.run;

/** Ends what a run has under way in this process, without a trace in its state. */
final class Halting {
  private Halting() {}

  /** Takes its timers back. */
  static void cancelTimers(Run run) {
    walk(run, false);
  }

  /** Takes its timers back and interrupts its calls. */
  static void interrupt(Run run) {
    walk(run, true);
  }

  private static void walk(Run run, boolean calls) {
    run.cancelTimer();
    for (Scope scope : Scopes.live(run)) {
      for (int n = 0; n < scope.plan.nodes.length; n++) {
        NodeState state = scope.stateOrNull(n);
        if (state != null) {
          state.cancelTimers();
          if (calls) {
            interrupt(state);
          }
        }
      }
    }
  }

  private static void interrupt(NodeState state) {
    if (state.call != null) {
      state.call.interrupt();
    }
    if (state.stage != null) {
      Stages.cancel(state.stage);
    }
  }
}
