package io.flowforge.internal.run;

import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.binding.PlainMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a run ends. What comes first decides it: the end of its last node, a failure that nobody
 * handles, or a cancellation. What is under way stops then, what names a compensation is undone,
 * and the end is told, with a store once it is written.
 *
 * <p>The decision is one compare-and-set, which any thread may make by {@link #cancel}; any thread
 * may wait for the result. All else runs on the thread that drives the run.
 */
final class Ending {
  private static final VarHandle FUTURE;
  private static final VarHandle DECISION;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      FUTURE = lookup.findVarHandle(Ending.class, "future", CompletableFuture.class);
      DECISION = lookup.findVarHandle(Ending.class, "decision", ExecutionStatus.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final Run run;

  /** Made when somebody waits first. */
  @SuppressWarnings("unused")
  private volatile @Nullable CompletableFuture<ExecutionResult> future;

  /** How it will end, once that is certain. */
  private volatile @Nullable ExecutionStatus decision;

  private @Nullable ExecutionError error;
  private Map<String, Object> outputs = PlainMap.of();
  private long finishedMicros;
  private @Nullable Deadline deadline;

  /** Completed nodes that a failure undoes, the last on top. */
  private @Nullable ArrayDeque<Undoing.Done> undo;

  private @Nullable Undoing undoing;

  /** Nothing runs any more, and only the reason of a cancellation is missing. */
  private boolean ready;

  Ending(Run run) {
    this.run = run;
  }

  // ---- what is known

  boolean isDecided() {
    return decision != null;
  }

  /** How it ends; only when that is decided. */
  ExecutionStatus decided() {
    return Objects.requireNonNull(decision);
  }

  @Nullable ExecutionError error() {
    return error;
  }

  /** What it returns; empty unless it completes. */
  Map<String, Object> outputs() {
    return decision == ExecutionStatus.COMPLETED ? outputs : PlainMap.of();
  }

  /** When it ended, in microseconds since 1970. */
  long finishedMicros() {
    return finishedMicros;
  }

  /** The flow to start because this one failed; null when none is named or it did not fail. */
  @Nullable String errorFlow() {
    return decision == ExecutionStatus.FAILED ? run.plan.flow.settings().errorFlow() : null;
  }

  /** The compensation under way; null when there is none. */
  @Nullable Undoing undoing() {
    return undoing;
  }

  // ---- the timer

  /** Sets the timer of the flow's time-out, if it has one, counted from a time. */
  void limitTime(long begin) {
    Duration timeout = run.plan.flow.settings().timeout();
    if (timeout != null) {
      deadline().timeOut(timeout, begin);
    }
  }

  /** When the timer is due, in microseconds since 1970; 0 is never. */
  long dueMicros() {
    return deadline == null ? 0 : deadline.dueMicros();
  }

  /** Shows a time that another process's timers are due at. */
  void showDue(long micros) {
    deadline().show(micros);
  }

  void cancelTimer() {
    if (deadline != null) {
      deadline.cancel();
    }
  }

  private Deadline deadline() {
    if (deadline == null) {
      deadline = new Deadline(run);
    }
    return deadline;
  }

  // ---- deciding

  /** Decides before anything has begun; nothing happens when it is decided already. */
  void decideUnstarted(ExecutionStatus as, ExecutionError reason) {
    if (DECISION.compareAndSet(this, null, as)) {
      error = reason;
    }
  }

  /** A node's failure that nobody handles, at the top level, or a broken edge. */
  void fail(ExecutionError failure) {
    if (DECISION.compareAndSet(this, null, ExecutionStatus.FAILED)) {
      error = failure;
      run.paused(false);
      if (run.replaying) {
        return;
      }
      if (run.journal != null) {
        run.journal.decided(ExecutionStatus.FAILED, failure);
      }
      awaitStop();
    }
  }

  /** From now on stopped nodes have so long to return. */
  private void awaitStop() {
    cancelTimer();
    if (run.root().busy > 0) {
      deadline().giveGrace();
    }
  }

  /** Decides to cancel; false when something else was decided before. Any thread may call it. */
  boolean cancel(String reason) {
    if (!DECISION.compareAndSet(this, null, ExecutionStatus.CANCELLED)) {
      return false;
    }
    run.post(
        new Mail() {
          @Override
          void deliver() {
            stopCancelled(reason);
          }
        });
    return true;
  }

  private void stopCancelled(String reason) {
    ExecutionError why = ExecutionError.of("FF-CANCELLED", "cancelled: " + reason, null);
    error = why;
    if (run.journal != null) {
      run.journal.decided(ExecutionStatus.CANCELLED, why);
    }
    run.paused(false);
    run.root().stop();
    if (ready) {
      wind();
    } else {
      awaitStop();
    }
  }

  /** A cancellation that is in the store; the end of the run is not. */
  void cancelHeard(String reason) {
    Journal journal = run.journal;
    if (DECISION.compareAndSet(this, null, ExecutionStatus.CANCELLED)) {
      stopCancelled(reason);
    } else if (journal != null && journal.isEnding() && decision == ExecutionStatus.COMPLETED) {
      // Its end was not written before the cancellation was: the cancellation has won.
      decision = ExecutionStatus.CANCELLED;
      journal.endNot();
      ready = true;
      stopCancelled(reason);
    }
  }

  // ---- ending

  /** Nothing is left to do in the run's own scope. */
  void over(Scope root) {
    if (decision == null) {
      if (root.failure != null) {
        fail(root.failure);
      } else {
        try {
          outputs = Outcome.outputs(root);
          DECISION.compareAndSet(this, null, ExecutionStatus.COMPLETED);
        } catch (RuntimeException broken) {
          fail(run.errorOf(broken));
        }
      }
    }
    cancelTimer();
    if (decision == ExecutionStatus.CANCELLED && error == null) {
      // The request that decided so is on its way with its reason; it goes on from here.
      ready = true;
      return;
    }
    wind();
  }

  /** A completed node names a compensation. */
  void toUndo(Scope scope, int n) {
    undo = undo == null ? new ArrayDeque<>() : undo;
    undo.push(new Undoing.Done(scope, n));
  }

  private ArrayDeque<Undoing.Done> takeUndo() {
    ArrayDeque<Undoing.Done> taken = undo == null ? new ArrayDeque<>() : undo;
    undo = null;
    return taken;
  }

  /** Nothing runs any more and the outcome is decided: undoes, then ends. */
  private void wind() {
    if (decision != ExecutionStatus.COMPLETED && undo != null) {
      if (run.journal != null && !run.replaying) {
        run.journal.undoing();
      }
      undoing = new Undoing(run, takeUndo());
      run.move(ExecutionStatus.COMPENSATING);
      undoing.next();
    } else {
      end();
    }
  }

  /** Nothing is left to undo. */
  void end() {
    ExecutionStatus last = decision;
    if (last == null || run.status().isFinal()) {
      return;
    }
    undoing = null;
    if (last != ExecutionStatus.COMPLETED) {
      outputs = PlainMap.of();
    }
    finishedMicros = run.readClock();
    if (run.journal == null) {
      conclude();
    } else {
      run.journal.end();
    }
  }

  /** The run is over, and with a store its end is written: tells all who wait for it. */
  void conclude() {
    ExecutionStatus last = decided();
    run.move(last);
    if (run.listening) {
      run.emitter.ended(last);
    }
    String errorFlow = errorFlow();
    if (run.journal == null && errorFlow != null && error != null) {
      run.host.startErrorFlow(run, errorFlow, error);
    }
    CompletableFuture<ExecutionResult> waiting = future;
    run.host.ended(run);
    Start.Parent parent = run.start.parent();
    if (run.journal == null && parent != null && parent.awaited()) {
      parent.listener().ended(run);
    }
    if (waiting != null) {
      waiting.complete(run);
    }
  }

  // ---- waiting for it

  /** Completes with the run once it has ended; never fails. */
  CompletableFuture<ExecutionResult> result() {
    CompletableFuture<ExecutionResult> waiting = future;
    if (waiting == null) {
      CompletableFuture<ExecutionResult> fresh = new CompletableFuture<>();
      waiting = FUTURE.compareAndSet(this, null, fresh) ? fresh : Objects.requireNonNull(future);
      if (run.status().isFinal()) {
        waiting.complete(run);
      }
    }
    return waiting;
  }

  /** Waits for the end, on a thread that does not drive the run. */
  ExecutionResult await(Duration timeout) {
    try {
      return result().get(Run.micros(timeout), TimeUnit.MICROSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FlowForgeException(
          "FF-INTERRUPTED",
          "interrupted while waiting for execution " + run.id(),
          Map.of(),
          true,
          null);
    } catch (TimeoutException late) {
      throw new FlowForgeException(
          "FF-AWAIT-TIMEOUT",
          "execution "
              + run.id()
              + " has not ended within "
              + timeout
              + "; it goes on, await it again",
          Map.of("status", run.status().name()),
          true,
          null);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  // ---- replaying

  void replayDecided(ExecutionStatus to, ExecutionError why) {
    if (DECISION.compareAndSet(this, null, to) || decision != to) {
      decision = to;
      error = why;
    }
    run.paused(false);
    run.root().stop();
  }

  void replayUndoing() {
    run.root().closeReplayed();
    undoing = new Undoing(run, takeUndo());
    run.status = ExecutionStatus.COMPENSATING;
    undoing.next();
  }

  void replayEnded(
      ExecutionStatus as, Map<String, Object> values, @Nullable ExecutionError why, long micros) {
    if (why != null) {
      error = why;
    }
    decision = as;
    outputs = values;
    finishedMicros = micros;
    run.root().closeReplayed();
    run.status = as;
  }

  /** Sets the timer that the run had when an earlier life ended. */
  void goOnTimed(long begin) {
    if (decision == null) {
      limitTime(begin);
    } else if (undoing == null) {
      awaitStop();
    }
  }

  /** Ends when an earlier life had undone all. */
  void goOnUndone() {
    if (undoing != null && undoing.isDone()) {
      end();
    }
  }
}
