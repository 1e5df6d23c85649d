package io.flowforge.internal.run;

import io.flowforge.execution.Timestamps;
import io.flowforge.internal.binding.PlainKeys;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.control.WaitConfig;

/** Waits for a time; costs a timer and no thread. */
final class WaitWork implements Work {
  private static final PlainKeys RESULT = PlainKeys.of("waitedFrom", "until");
  private static final WaitWork WAITING = new WaitWork();

  private WaitWork() {}

  static Work begin(Scope scope, int n, NodeState state) {
    NodeCall call = state.call;
    if (call == null || !(state.config instanceof WaitConfig config)) {
      throw new IllegalStateException("wait without config: " + scope.path(n));
    }
    long from = scope.run.lastMicros;
    long until = config.untilMicros(from);
    Waits.begin(scope, n, state, until, null);
    state.timer = scope.run.host.time().schedule(until, new Due(call, from, until));
    return WAITING;
  }

  /** Ends the wait; one object per wait that is timer task and mail at once. */
  private static final class Due extends Mail implements Runnable {
    private final NodeCall call;
    private final long from;
    private final long until;

    Due(NodeCall call, long from, long until) {
      this.call = call;
      this.from = from;
      this.until = until;
    }

    @Override
    public void run() {
      call.scope.run.post(this);
    }

    @Override
    void deliver() {
      call.scope.run.attempts.outcome(
          call, PlainMap.of(RESULT, Timestamps.text(from), Timestamps.text(until)), null);
    }
  }

  @Override
  public boolean stop() {
    return true;
  }
}
