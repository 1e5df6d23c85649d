package io.flowforge.internal.run;

import io.flowforge.internal.control.EventConfig;
import io.flowforge.spi.store.EventWait;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for an event, from any execution or sent to this one. */
final class EventWork extends TimedWait implements EventBus.Waiter {
  private final EventConfig config;

  private EventWork(Scope scope, int node, NodeCall call, EventConfig config) {
    super(scope, node, call, config.timeout());
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
      early = subscribe(run);
      if (early != null) {
        received(early.payload());
        return;
      }
    }
    await(state, "waits for event " + config.event());
  }

  private EventBus.@Nullable Kept subscribe(Run run) {
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
    setTimer();
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

  @Override
  void late() {
    forget();
    leaveLate("event \"" + config.event() + "\" did not come");
  }

  @Override
  public boolean stop() {
    forget();
    return true;
  }
}
