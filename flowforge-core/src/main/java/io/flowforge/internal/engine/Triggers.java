package io.flowforge.internal.engine;

import io.flowforge.FlowStatus;
import io.flowforge.InvalidFlowException;
import io.flowforge.flow.Problem;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.internal.run.Start;
import io.flowforge.spi.Trigger;
import io.flowforge.spi.TriggerContext.Fired;
import io.flowforge.spi.store.FlowStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the triggers of active flows. Every engine on a store looks through the active flows again
 * and again, takes those that nobody runs, and stops those that are not its own any more. What is
 * fired by two engines at once is one execution all the same, for its id comes from the event.
 */
final class Triggers implements TriggerHost {
  private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);

  private final EngineOptions options;
  private final EngineHost host;
  private final Engine engine;
  private final Plans plans;
  private final FlowBook book;
  private final FlowStore store;
  private final Audit audit;
  private final Workers workers;

  /** With others on the store; null when the flows are this engine's alone. */
  private final @Nullable TriggerSeat seat;

  private final boolean on;
  private final Map<String, FlowWatch> watches = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private volatile boolean closed;

  Triggers(
      EngineOptions options,
      EngineHost host,
      Engine engine,
      Plans plans,
      FlowBook book,
      FlowStore store,
      Audit audit) {
    this.options = options;
    this.host = host;
    this.engine = engine;
    this.plans = plans;
    this.book = book;
    this.store = store;
    this.audit = audit;
    this.on = options.claiming && plans.hasTriggers();
    this.workers = new Workers(options.executor, 0);
    this.seat =
        options.store == null ? null : new TriggerSeat(store, host.local(), host.ids(), options);
  }

  /** Runs the triggers of flows that are active already. */
  void begin() {
    if (on && seat != null) {
      wake();
      scheduleLook();
    }
  }

  private void scheduleLook() {
    Duration third = options.lease.dividedBy(3);
    Duration pause = third.compareTo(options.scanInterval) < 0 ? third : options.scanInterval;
    host.local()
        .schedule(
            host.local().epochMicros() + SharedGates.micros(pause),
            () -> {
              if (!closed) {
                wake();
                scheduleLook();
              }
            });
  }

  /** Refuses a flow whose triggers cannot run. */
  void check(Plan plan) {
    List<PlanNode> watched = FlowWatch.watched(plans, plan);
    List<Problem> problems = new ArrayList<>();
    for (PlanNode node : watched) {
      Trigger<Object> trigger = plans.trigger(node.type);
      Object config = node.config.constant();
      if (trigger != null && config != null) {
        try {
          trigger.validate(config);
        } catch (IllegalArgumentException wrong) {
          problems.add(problem(plan, node, wrong));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidFlowException(problems);
    }
    if (!watched.isEmpty()) {
      // No trigger gives inputs, so that all of them need a default.
      StartInputs.check(plan, Map.of(), null);
    }
  }

  private static Problem problem(Plan plan, PlanNode node, IllegalArgumentException wrong) {
    String pointer = "/nodes/" + plan.flow.nodes().indexOf(node.node) + "/config";
    return new Problem("FF-DEF-CONFIG", pointer, node.id, String.valueOf(wrong.getMessage()));
  }

  /** A flow has changed in this engine: what must stop has stopped when this returns. */
  void changed(String key) {
    if (!on) {
      return;
    }
    FlowWatch watch = watches.get(key);
    if (watch != null) {
      FlowHead head = book.recent(key);
      boolean stays =
          head != null && head.status() == FlowStatus.ACTIVE && watch.isOf(head.current().hash());
      if (!stays) {
        stop(key, watch);
      }
    }
    wake();
  }

  // ---- looking

  private void wake() {
    again.set(true);
    if (!closed && looking.compareAndSet(false, true)) {
      try {
        workers.execute(this::look);
      } catch (RuntimeException closing) {
        looking.set(false);
        LOG.debug("no more looks for triggers, the engine is closing", closing);
      }
    }
  }

  private void look() {
    while (again.getAndSet(false) && !closed) {
      try {
        sit();
        lookOnce();
      } catch (RuntimeException failed) {
        LOG.debug("a look for triggers failed, the next comes soon", failed);
      }
      if (!mayFire()) {
        stopAll();
      }
    }
    looking.set(false);
    if (again.get()) {
      wake();
    }
  }

  private void sit() {
    if (seat != null && !seat.renew()) {
      // What was held before is perhaps another's by now.
      stopAll();
    }
  }

  private void lookOnce() {
    Set<String> mine = new HashSet<>();
    for (String key : book.active().keys()) {
      FlowHead head = book.head(key);
      if (head != null && head.status() == FlowStatus.ACTIVE && runs(key, head)) {
        mine.add(key);
      }
    }
    watches.forEach(
        (key, watch) -> {
          if (!mine.contains(key)) {
            stop(key, watch);
          }
        });
  }

  /** Sees to it that the flow's triggers run in the right version, if this engine is to do it. */
  private boolean runs(String key, FlowHead head) {
    Plan plan;
    try {
      plan = book.plan(head.current());
    } catch (InvalidFlowException foreign) {
      // It names a type that only other engines know.
      LOG.debug("the triggers of flow {} cannot run in this engine", key, foreign);
      return false;
    }
    if (FlowWatch.watched(plans, plan).isEmpty() || seat != null && !seat.take(key)) {
      return false;
    }
    FlowWatch running = watches.get(key);
    if (running != null && running.isOf(head.current().hash())) {
      return true;
    }
    if (running != null) {
      stop(key, running);
    }
    begin(key, plan);
    return true;
  }

  private void begin(String key, Plan plan) {
    FlowWatch watch = new FlowWatch(this, key, plan);
    watches.put(key, watch);
    watch.begin();
    if (closed) {
      stop(key, watch);
    }
  }

  private void stop(String key, FlowWatch watch) {
    watches.remove(key, watch);
    watch.close();
  }

  private void stopAll() {
    watches.forEach(this::stop);
  }

  // ---- for triggers

  @Override
  public EngineHost host() {
    return host;
  }

  @Override
  public FlowBook book() {
    return book;
  }

  @Override
  public Plans plans() {
    return plans;
  }

  @Override
  public Workers workers() {
    return workers;
  }

  @Override
  public TriggerCursor cursor(String key) {
    return TriggerCursor.take(store, key, host.newId(), SharedGates.micros(options.startDeadline));
  }

  @Override
  public boolean mayFire() {
    return !closed && (seat == null || seat.isHeld());
  }

  @Override
  public CompletionStage<Fired> start(
      FlowWatch flow, String node, @Nullable Object event, String dedupKey) {
    Plan plan = flow.plan();
    String id = TriggerId.of(flow.tenant(), flow.id(), node, dedupKey);
    Map<String, Object> inputs = StartInputs.check(plan, Map.of(), node);
    Start start =
        new Start(inputs, event, node, flow.tenant(), Map.of(), null, 0, null, null, null);
    return engine
        .fire(plan, id, start)
        .thenApply(
            created -> {
              if (created && audit.hearsStarts()) {
                Caller caller = new Caller(flow.tenant(), "trigger " + flow.id() + "/" + node);
                workers.execute(
                    () ->
                        audit.note(
                            caller,
                            flow.tenant(),
                            "execution.start",
                            id,
                            Map.of("flow", flow.id())));
              }
              return new Fired(id, created);
            });
  }

  // ---- looking and closing

  void describe(Map<String, Object> facts, List<String> complaints) {
    if (on) {
      facts.put("triggers", watches.values().stream().mapToInt(FlowWatch::running).sum());
      watches.values().forEach(watch -> watch.complain(complaints));
    }
  }

  /** Stops all triggers, and lets other engines have them at once. */
  void close() {
    closed = true;
    stopAll();
    if (on && seat != null) {
      try {
        seat.leave();
      } catch (RuntimeException unreachable) {
        LOG.debug("the seat is not given back; its lease will run out", unreachable);
      }
    }
    workers.close();
  }
}
