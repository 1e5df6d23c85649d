package io.flowforge.internal.run;

import io.flowforge.internal.control.EventConfig;
import io.flowforge.spi.ActionException;
import io.flowforge.spi.Output;
import io.flowforge.spi.store.EventWait;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for an event, from any execution or sent to this one. */
final class EventWork implements Work, EventBus.Waiter {
  private final Scope scope;
  private final int node;
  private final NodeCall call;
  private final EventConfig config;

  private EventWork(Scope scope, int node, NodeCall call, EventConfig config) {
    this.scope = scope;
    this.node = node;
    this.call = call;
    this.config = config;
  }

  static Work begin(Scope scope, int n, NodeState state) {
    NodeCall call = state.call;
    if (call == null || !(state.config instanceof EventConfig config)) {
      throw new IllegalStateException("wait without config: " + scope.path(n));
    }
    EventWork work = new EventWork(scope, n, call, config);
    state.work = work;
    work.begin(state);
    return work;
  }

  private void begin(NodeState state) {
    Run run = scope.run;
    if (!run.replaying) {
      EventBus.Kept early = run.signals().take(config.event(), this);
      if (early != null) {
        signalled(early.payload());
        return;
      }
      early = await(run);
      if (early != null) {
        received(early.payload());
        return;
      }
    }
    String reason = "waits for event " + config.event();
    Waits.begin(scope, node, state, config.timeout(), reason, new TimedOut());
  }

  private EventBus.@Nullable Kept await(Run run) {
    if (run.journal == null) {
      return run.host.events().await(run.start.scoped(config.event()), config.key(), this);
    }
    run.journal.await(config, scope.path(node));
    return null;
  }

  /** What the store is to bring to the nodes of a run. */
  static List<EventWait> waitsOf(Run run) {
    List<EventWait> waits = new ArrayList<>();
    for (Scope scope : Scopes.live(run)) {
      for (int n = 0; n < scope.plan.nodes.length; n++) {
        NodeState state = scope.stateOrNull(n);
        if (state != null && state.work instanceof EventWork work && !scope.status(n).isFinal()) {
          waits.add(work.awaited());
        }
      }
    }
    return waits;
  }

  private EventWait awaited() {
    String key = config.key();
    String topic = scope.run.start.scoped(config.event());
    return new EventWait(topic, key == null ? "" : key, scope.path(node));
  }

  @Override
  public void goOn() {
    EventBus.Kept early = scope.run.signals().take(config.event(), this);
    if (early != null) {
      signalled(early.payload());
      return;
    }
    Waits.goOn(scope, node, new TimedOut());
  }

  /** An event that was sent to this execution alone. */
  void signalled(@Nullable Object payload) {
    if (scope.run.journal != null) {
      scope.run.journal.took(scope.path(node), config.event());
    }
    received(payload);
  }

  @Override
  public boolean take(@Nullable Object payload) {
    if (scope.run.status().isFinal()) {
      return false;
    }
    scope.run.host.dispatch(
        () ->
            scope.run.post(
                new Mail() {
                  @Override
                  void deliver() {
                    received(payload);
                  }
                }));
    return true;
  }

  /** On the driving thread. */
  void received(@Nullable Object payload) {
    forget();
    scope.run.attempts.outcome(call, payload, null);
  }

  private void forget() {
    scope.run.signals().forget(config.event(), this);
    if (scope.run.journal == null) {
      Run run = scope.run;
      run.host.events().forget(run.start.scoped(config.event()), config.key(), this);
    } else {
      scope.run.journal.forget(config, scope.path(node));
    }
  }

  private final class TimedOut extends Mail {
    @Override
    void deliver() {
      if (scope.state(node).call != call) {
        return;
      }
      forget();
      if (scope.hasEdgeOn(node, "timeout")) {
        scope.run.attempts.outcome(call, Output.on("timeout", null), null);
      } else {
        scope.run.attempts.outcome(
            call,
            null,
            ActionException.transientFailure(
                "FF-TIMEOUT",
                "event \"" + config.event() + "\" did not come within " + config.timeout()));
      }
    }
  }

  @Override
  public boolean stop() {
    forget();
    return true;
  }
}
