package io.flowforge.internal.run;

/**
 * When and how a run with a store leaves this process though its execution goes on: because it only
 * waits and need not be in memory, because somebody asked for it, or because another worker owns
 * it.
 *
 * <p>All methods run on the thread that drives the run, save {@link #isOver}.
 */
final class Passivation {
  private final Run run;

  /** Another drives it now, or nobody; nothing that comes is for this object. */
  private volatile boolean over;

  /** Somebody else wants it: it is given back once it is paused or only waits. */
  private boolean askedFor;

  Passivation(Run run) {
    this.run = run;
  }

  /** Whether the run has left. */
  boolean isOver() {
    return over;
  }

  /** Says whether somebody else wants it. */
  void askedFor(boolean wanted) {
    askedFor = wanted;
  }

  /** Whether it only waits, and for so long that it need not be in memory. */
  boolean mayLeave() {
    if (!run.hasBegun() || over || run.calls > 0) {
      return false;
    }
    if (run.lackedFlow() != null || ending()) {
      return run.lackedFlow() != null && isIdle() && (ending() || onlyWaits());
    }
    if (askedFor && !run.ending.isDecided()) {
      // All that a paused run holds back is made anew from its journal.
      return run.isPaused() || isIdle() && onlyWaits();
    }
    if (!isIdle() || run.holdsNews()) {
      return false;
    }
    long wake = run.wakeMicros();
    return (wake == 0 || wake - run.lastMicros > run.host.leaveAfterMicros()) && onlyWaits();
  }

  /** All is done but for the last page. */
  private boolean ending() {
    return run.journal != null && run.journal.isEnding();
  }

  private boolean isIdle() {
    return (run.places == null || run.places.areFree()) && !run.hasWork();
  }

  private boolean onlyWaits() {
    return Activity.of(run.root()).onlyWaits();
  }

  /** It rests, and is no longer this process's. */
  void leave() {
    over = true;
    halt(false);
    run.host.left(run);
  }

  /** Another owns it now; what it does here is for nothing. */
  void lose() {
    if (!over) {
      over = true;
      halt(true);
      run.host.left(run);
    }
  }

  /** Takes timers back, and interrupts calls, without a trace in the state. */
  private void halt(boolean calls) {
    if (run.log != null) {
      run.log.close();
    }
    run.ending.cancelTimer();
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
