package io.flowforge.internal.run;

import io.flowforge.internal.plan.PlanNode;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Takes the scopes of a run as far as they go, one after the other, until none has work, the run is
 * paused, or the turn is used up.
 *
 * <p>A part of {@link Run} by inheritance, since every node reads and counts here. All of it
 * belongs to the thread that drives.
 */
abstract class ScopeDriver extends Driven {
  /** Quick nodes that share one reading of the clock. */
  private static final int SHARED_READINGS = 4;

  final Host host;

  /** The last reading of the clock. */
  long lastMicros;

  /** Changes of state so far. */
  long seq;

  /** Whether anyone listens to its events, since the turn began. */
  boolean listening;

  private @Nullable Scope next;
  private @Nullable ArrayDeque<Scope> more;
  private boolean paused;
  private @Nullable ArrayDeque<Mail> delayed;
  private int unread;
  private boolean precise;

  ScopeDriver(Host host, long lastMicros) {
    this.host = host;
    this.lastMicros = lastMicros;
  }

  // ---- turns

  @Override
  final void beginTurn() {
    readClock();
    listening = host.listening();
  }

  @Override
  final void work() {
    while (!paused && hasTurn() && !isDeaf()) {
      Scope scope = nextScope();
      if (scope == null) {
        return;
      }
      try {
        scope.advance();
      } catch (Throwable bug) {
        broken(bug);
      }
      if (scope.hasWork()) {
        list(scope);
      }
    }
  }

  /** Takes all scopes that have become ready as far as they go. */
  final void replayWork() {
    Scope scope = nextScope();
    while (scope != null) {
      scope.advance();
      scope = nextScope();
    }
  }

  /** Whether the next ready node may start in this turn. */
  final boolean mayGoOn() {
    return !paused && takeStep();
  }

  @Override
  final void dispatch(Runnable step) {
    host.dispatch(step);
  }

  // ---- scopes

  @Override
  final boolean hasWork() {
    return next != null || more != null && !more.isEmpty();
  }

  private @Nullable Scope nextScope() {
    Scope scope = next;
    if (scope != null) {
      next = more == null ? null : more.poll();
      scope.listed = false;
    }
    return scope;
  }

  /** Puts a scope on the list of those that may have work. */
  final void list(Scope scope) {
    if (scope.listed) {
      return;
    }
    scope.listed = true;
    if (next == null) {
      next = scope;
    } else {
      if (more == null) {
        more = new ArrayDeque<>();
      }
      more.add(scope);
    }
  }

  // ---- pausing

  final boolean isPaused() {
    return paused;
  }

  /** Nothing new starts while it is paused; news that would start something is held. */
  final void paused(boolean on) {
    paused = on;
  }

  /** News that starts something; it waits until the run goes on. */
  final void holdUntilResumed(Mail letter) {
    if (delayed == null) {
      delayed = new ArrayDeque<>();
    }
    delayed.add(letter);
  }

  /** Whether there is such news. */
  final boolean holdsNews() {
    return delayed != null;
  }

  /** The run goes on: hears what was held. */
  final void deliverHeld() {
    ArrayDeque<Mail> letters = delayed;
    delayed = null;
    if (letters != null) {
      letters.forEach(this::deliver);
    }
  }

  // ---- the clock

  /**
   * The end of a node that ran in this turn.
   *
   * <p>Times have microseconds, and reading the clock costs more than most plain nodes do. So nodes
   * that have always been measured to take less than a microsecond share one reading among a few; a
   * reading that shows one of them to be slower after all ends that for the rest of the run.
   */
  final long clockAfter(PlanNode node) {
    if (node.isQuick() && !precise && ++unread < SHARED_READINGS) {
      return lastMicros;
    }
    long before = lastMicros;
    long now = readClock();
    if (unread <= 1) {
      node.measured(now - before);
    } else if (now - before > SHARED_READINGS) {
      precise = true;
    }
    unread = 0;
    return now;
  }

  final long readClock() {
    lastMicros = host.time().epochMicros();
    return lastMicros;
  }
}
