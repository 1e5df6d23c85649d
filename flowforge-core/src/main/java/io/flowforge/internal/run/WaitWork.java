package io.flowforge.internal.run;

import io.flowforge.execution.Timestamps;
import io.flowforge.internal.binding.PlainKeys;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.control.WaitConfig;
import io.flowforge.spi.TimeSource.Timer;

/** Waits for a time; costs a timer and no thread. */
final class WaitWork extends Mail implements Work, Runnable {
  private static final PlainKeys RESULT = PlainKeys.of("waitedFrom", "until");

  private final NodeCall call;
  private final long from;
  private final long until;

  private WaitWork(NodeCall call, long from, long until) {
    this.call = call;
    this.from = from;
    this.until = until;
  }

  static Work begin(Scope scope, int n, NodeState state) {
    NodeCall call = state.call;
    if (call == null || !(state.config instanceof WaitConfig config)) {
      throw new IllegalStateException("wait without config: " + scope.path(n));
    }
    long from = scope.run.replaying ? scope.startedMicros(n) : scope.run.lastMicros;
    long until = scope.run.replaying ? state.dueMicros : config.untilMicros(from);
    TimedWait.begin(scope, n, state, until, null);
    WaitWork work = new WaitWork(call, from, until);
    if (!scope.run.replaying) {
      state.timer = work.schedule();
    }
    return work;
  }

  private Timer schedule() {
    return call.scope.run.host.time().schedule(until, this);
  }

  @Override
  public void goOn() {
    call.scope.state(call.node).timer = schedule();
  }

  /** Due. */
  @Override
  public void run() {
    call.scope.run.post(this);
  }

  @Override
  void deliver() {
    call.scope.run.attempts.outcome(
        call, PlainMap.of(RESULT, Timestamps.text(from), Timestamps.text(until)), null);
  }

  @Override
  public boolean stop() {
    return true;
  }
}
