package io.flowforge.internal.engine;

import io.flowforge.CredentialStore;
import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeException;
import io.flowforge.FlowRepository;
import io.flowforge.Health;
import io.flowforge.Operations;
import io.flowforge.QueueOptions;
import io.flowforge.Shutdown;
import io.flowforge.StartOptions;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Problem;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.Planned;
import io.flowforge.internal.run.MessageIds;
import io.flowforge.internal.run.Run;
import io.flowforge.internal.run.Start;
import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.AuditEntry;
import io.flowforge.spi.AuditQuery;
import io.flowforge.spi.Blobs;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.ReceivedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The engine behind {@link FlowForge}: owns plans, runs and everything they share. */
public final class Engine implements FlowForge {
  private final EngineOptions options;
  private final EngineHost host;
  private final Plans plans;
  private final Registry registry;
  private final Turnstile turnstile;
  private final Queues queues;

  /** What an engine with a store does; null without one. */
  private final @Nullable Persistence persistence;

  private final FlowBook book;
  private final Audit audit;
  private final Triggers triggers;
  private final ChildFlows children;

  /** The engine as its host sees it. */
  private final EngineDoor door;

  private final Map<String, Flow> flows = new ConcurrentHashMap<>();
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile @Nullable Shutdown shutdown;

  private Engine(EngineOptions options) {
    this.options = options;
    this.host = new EngineHost(options, this);
    this.plans = new Plans(options);
    this.registry = new Registry(options.keepEnded);
    this.turnstile = new Turnstile(options.maxPending);
    this.queues = new Queues();
    this.persistence = opened();
    FlowStore records =
        options.store == null ? new MemoryStore(host.time()::epochMicros) : options.store;
    long patience = SharedGates.micros(options.startDeadline);
    FlowArchive archive =
        persistence == null ? new FlowArchive(records, plans, patience) : persistence.archive();
    this.book = new FlowBook(records, archive, plans, host.time(), patience);
    this.audit = new Audit(options, host);
    this.triggers = new Triggers(options, host, this, plans, book, records, audit);
    this.children = new ChildFlows(this, host, persistence);
    this.door = new EngineDoor(this, audit, Caller.HOST);
  }

  private @Nullable Persistence opened() {
    try {
      return host.open(plans);
    } catch (RuntimeException refused) {
      host.close(Duration.ZERO);
      throw refused;
    }
  }

  /** Starts an engine. */
  public static FlowForge start(EngineOptions options) {
    Engine engine = new Engine(options);
    engine.begin();
    return engine.door;
  }

  private void begin() {
    try {
      options.flows.forEach(this::add);
      if (persistence != null) {
        persistence.begin();
        triggers.begin();
      }
    } catch (RuntimeException refused) {
      close(Duration.ZERO);
      throw refused;
    }
  }

  // ---- starting

  @Override
  public Execution start(
      Flow flow, Map<String, ? extends @Nullable Object> inputs, StartOptions how) {
    Plan plan = plans.of(flow);
    Map<String, Object> checked = StartInputs.check(plan, inputs, how.trigger());
    if (how.executionId() != null && persistence == null) {
      Execution known = known(how.executionId(), plan, checked, how.tenant());
      if (known != null) {
        return known;
      }
    }
    return begin(plan, checked, how);
  }

  private Execution begin(Plan plan, Map<String, Object> inputs, StartOptions how) {
    refuseWhenClosed();
    if (persistence != null && QueuedStarts.concerns(plan, how.queue())) {
      return startInLine(persistence, plan, inputs, how);
    }
    Turns.checkWithoutStore(how.queue());
    turnstile.enter(how.patience());
    long now = host.time().epochMicros();
    String id = how.executionId() == null ? host.ids().next(now) : how.executionId();
    Start start = Start.of(inputs, how.trigger(), how.tenant(), how.attributes());
    if (persistence != null) {
      return startStored(persistence, plan, id, start);
    }
    Run run = new Run(host, plan, id, now, start);
    Run other = registry.add(run);
    if (other != null) {
      turnstile.leave();
      Execution known = known(id, plan, inputs, how.tenant());
      return known == null ? begin(plan, inputs, how) : known;
    }
    queues.begin(run, plan, how.queue());
    return run;
  }

  private Execution startInLine(
      Persistence stored, Plan plan, Map<String, Object> inputs, StartOptions how) {
    QueuedStarts queued = stored.queued();
    String given =
        how.executionId() == null ? host.ids().next(host.time().epochMicros()) : how.executionId();
    String id = queued.id(given, how);
    Start start = Start.of(inputs, how.trigger(), how.tenant(), how.attributes());
    QueuePlace place = queued.place(plan, id, start, how.queue());
    if (place != null) {
      return queued.start(plan, id, start, place, how);
    }
    turnstile.enter(how.patience());
    return startStored(stored, plan, id, start);
  }

  /** An execution that has the id already; it must be the same start. */
  private @Nullable Execution known(
      String id, Plan plan, Map<String, Object> inputs, String tenant) {
    Run run = registry.find(id);
    if (run == null) {
      return null;
    }
    boolean same =
        run.flow().contentHash().equals(plan.flow.contentHash())
            && run.start().inputs().equals(inputs)
            && run.start().tenant().equals(tenant);
    if (!same) {
      throw conflict(id);
    }
    return new KnownExecution(run);
  }

  static FlowForgeException conflict(String id) {
    return new FlowForgeException(
        "FF-START-CONFLICT",
        "execution " + id + " was started with another flow or other inputs; use another id",
        Map.of("executionId", id),
        false,
        null);
  }

  @Override
  public NewExecution prepare(
      Flow flow, Map<String, ? extends @Nullable Object> inputs, StartOptions how) {
    Persistence stored = stored();
    refuseWhenClosed();
    Plan plan = plans.of(flow);
    Map<String, Object> checked = StartInputs.check(plan, inputs, how.trigger());
    String id =
        how.executionId() == null ? host.ids().next(host.time().epochMicros()) : how.executionId();
    Start start = Start.of(checked, how.trigger(), how.tenant(), how.attributes());
    Queueing.checkJoined(how.queue());
    return stored
        .starts()
        .unowned(plan, id, start, stored.queued().place(plan, id, start, how.queue()));
  }

  private Execution startStored(Persistence stored, Plan plan, String id, Start start) {
    return stored.starts().start(prepared(stored, plan, id, start), plan, start);
  }

  private Run prepared(Persistence stored, Plan plan, String id, Start start) {
    try {
      return stored.starts().prepare(plan, id, start);
    } catch (RuntimeException refused) {
      turnstile.leave();
      throw refused;
    }
  }

  /** The result of a new execution; does not wait for the store. */
  CompletionStage<ExecutionResult> resultOf(
      String tenant, Flow flow, Map<String, ? extends @Nullable Object> inputs) {
    Persistence stored = persistence;
    if (stored == null) {
      return start(flow, inputs, StartOptions.DEFAULT.withTenant(tenant)).result();
    }
    Plan plan = plans.of(flow);
    Map<String, Object> checked = StartInputs.check(plan, inputs, null);
    refuseWhenClosed();
    Start start = Start.of(checked, null, tenant, Map.of());
    String id = host.ids().next(host.time().epochMicros());
    QueuePlace place = stored.queued().place(plan, id, start, QueueOptions.NONE);
    if (place != null) {
      return stored.queued().result(plan, id, start, place);
    }
    turnstile.enter(StartOptions.DEFAULT.patience());
    return stored.starts().result(prepared(stored, plan, id, start), plan);
  }

  /** Takes a new run in, which the turnstile let in, and begins it; false when its id is taken. */
  boolean admit(Run run, Plan plan) {
    if (registry.add(run) != null) {
      turnstile.leave();
      return false;
    }
    enter(run, plan);
    return true;
  }

  /** Takes a run in that follows from another. */
  void admitAlways(Run run, Plan plan) {
    if (registry.add(run) == null) {
      turnstile.enterAlways();
      enter(run, plan);
    }
  }

  /** Begins a run whose turn has come, unless it cannot be said in which queue it is. */
  private void enter(Run run, Plan plan) {
    if (persistence == null) {
      queues.begin(run, plan, QueueOptions.NONE);
      return;
    }
    if (plan.flow.settings().concurrency() != null) {
      try {
        run.concurrencyKey();
      } catch (RuntimeException broken) {
        run.endUnstarted(ExecutionStatus.FAILED, run.errorOf(broken));
        return;
      }
    }
    run.begin();
  }

  /** Takes a run in that goes on where another process left it; false when its id is taken. */
  boolean admitRevived(
      Run run, Plan plan, List<ReceivedMessage> unread, @Nullable ExecutionError refusal) {
    if (registry.add(run) != null) {
      return false;
    }
    turnstile.enterAlways();
    if (run.hasBegun()) {
      run.goOnReplayed(unread);
      return true;
    }
    if (refusal != null) {
      run.endUnstarted(ExecutionStatus.CANCELLED, refusal);
    } else if (unread.stream().anyMatch(one -> one.message().kind() == Message.Kind.CANCEL)) {
      // It may be out of its queue, and must not begin.
      run.awaitTurn();
    } else {
      enter(run, plan);
    }
    run.bring(unread);
    return true;
  }

  /** How many more executions may be under way. */
  int room() {
    return Math.max(0, options.maxPending - turnstile.inside());
  }

  @Nullable Run local(String id) {
    return registry.find(id);
  }

  List<Run> locals() {
    return registry.all();
  }

  /** A run is over here, but its execution is not. */
  void left(Run run) {
    if (registry.remove(run)) {
      turnstile.leave();
      queues.ended(run);
    }
  }

  private void refuseWhenClosed() {
    if (closing.get()) {
      throw new FlowForgeException("FF-CLOSED", "the engine is closed and takes no more work");
    }
  }

  /** Begins a run with an event; whether it was the first of its id. Does not wait for room. */
  CompletionStage<Boolean> fire(Plan plan, String id, Start start) {
    refuseWhenClosed();
    if (persistence != null) {
      QueuePlace place = persistence.queued().place(plan, id, start, QueueOptions.NONE);
      if (place != null) {
        StartOptions how = StartOptions.DEFAULT.withExecutionId(id).withTenant(start.tenant());
        return CompletableFuture.completedFuture(
            persistence.queued().start(plan, id, start, place, how).created());
      }
    }
    turnstile.enter(Duration.ZERO);
    if (persistence != null) {
      return persistence.starts().fire(prepared(persistence, plan, id, start), plan);
    }
    Run run = new Run(host, plan, id, host.time().epochMicros(), start);
    return CompletableFuture.completedFuture(admit(run, plan));
  }

  @Override
  public Execution start(
      String flowId, Map<String, ? extends @Nullable Object> inputs, StartOptions how) {
    return start(planOf(how.tenant(), flowId, null).flow, inputs, how);
  }

  /** The plan of a flow by its id. */
  Plan planOf(String tenant, String flowId, @Nullable String version) {
    return findPlan(tenant, flowId, version).orElseThrow(() -> unknownFlow(flowId));
  }

  /** The plan of a flow by its id: the registered one, else what a tenant has stored. */
  Optional<Plan> findPlan(String tenant, String flowId, @Nullable String version) {
    Flow flow = version == null ? flows.get(flowId) : null;
    return flow == null ? book.startable(tenant, flowId, version) : Optional.of(plans.of(flow));
  }

  private FlowForgeException unknownFlow(String flowId) {
    return new FlowForgeException(
        "FF-FLOW-UNKNOWN",
        "no flow with id "
            + Shown.quoted(flowId)
            + " is registered or stored"
            + NearestName.hint(flowId, flows.keySet()));
  }

  @Override
  public CompletionStage<List<ExecutionResult>> startAll(
      Flow flow, List<? extends Map<String, ? extends @Nullable Object>> inputs, int limit) {
    return startAll("", flow, inputs, limit);
  }

  CompletionStage<List<ExecutionResult>> startAll(
      String tenant,
      Flow flow,
      List<? extends Map<String, ? extends @Nullable Object>> inputs,
      int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be >= 1, was " + limit);
    }
    return new Batch(this, tenant, flow, inputs, limit).begin();
  }

  @Override
  public void register(Flow flow) {
    add(flow);
    if (persistence != null) {
      host.dispatch(persistence.takeovers()::lookForParked);
    }
  }

  private void add(Flow flow) {
    plans.of(flow);
    flows.put(flow.id(), flow);
  }

  // ---- for runs

  /** The flows that executions start. */
  ChildFlows children() {
    return children;
  }

  void startChild(Plan plan, String id, Start start) {
    Run child = new Run(host, plan, id, host.time().epochMicros(), start);
    if (registry.add(child) != null) {
      throw new FlowForgeException(
          "FF-START-CONFLICT", "execution " + id + " of a sub-flow exists already");
    }
    turnstile.enterAlways();
    queues.begin(child, plan, QueueOptions.NONE);
  }

  void ended(Run run) {
    (run.status() == ExecutionStatus.COMPLETED
            ? completed
            : run.status() == ExecutionStatus.FAILED ? failed : cancelled)
        .increment();
    if (persistence == null) {
      registry.ended(run);
    } else {
      registry.remove(run);
      persistence.ended(run);
    }
    turnstile.leave();
    queues.ended(run);
  }

  /** Addresses of the actions that run right now. */
  List<String> busyCalls() {
    List<String> busy = new ArrayList<>();
    for (Run run : registry.all()) {
      run.busyCalls().forEach(path -> busy.add(run.id() + "/" + path));
    }
    return busy;
  }

  // ---- looking

  @Override
  public List<Problem> validate(Flow flow) {
    Planned planned = plans.plan(flow);
    return planned.problems();
  }

  @Override
  public Optional<Execution> execution(String id) {
    return persistence == null ? Optional.ofNullable(registry.find(id)) : persistence.execution(id);
  }

  /** The tenant of an execution; null when it is not known. */
  @Nullable String tenantOf(String id) {
    Run run = registry.find(id);
    if (run != null) {
      return run.start().tenant();
    }
    return persistence == null
        ? null
        : persistence.head(id).map(ExecutionRecord::tenant).orElse(null);
  }

  @Override
  public FlowRepository flows() {
    return flows(Caller.HOST);
  }

  FlowRepository flows(Caller caller) {
    return new FlowsOfCaller(book, triggers, audit, caller);
  }

  @Override
  public FlowForge as(String actor) {
    return door.as(actor);
  }

  @Override
  public FlowForge forTenant(String tenant) {
    return door.forTenant(tenant);
  }

  @Override
  public List<AuditEntry> audit(AuditQuery query) {
    return audit.read(query);
  }

  @Override
  public List<Execution> executions() {
    return persistence == null ? new ArrayList<>(registry.all()) : persistence.executions();
  }

  private Persistence stored() {
    if (persistence == null) {
      throw new FlowForgeException(
          "FF-STORE-NONE", "the engine keeps executions in memory; give it a store for this");
    }
    return persistence;
  }

  @Override
  public Operations operations() {
    return stored().operations();
  }

  @Override
  public int publish(String event, @Nullable String correlation, @Nullable Object payload) {
    return publish("", null, event, correlation, payload);
  }

  @Override
  public int publish(
      String event, @Nullable String correlation, @Nullable Object payload, String eventId) {
    return publish("", eventId, event, correlation, payload);
  }

  /** Publishes for the executions of a tenant; once for an id of the sender's, if there is one. */
  int publish(
      String tenant,
      @Nullable String eventId,
      String event,
      @Nullable String correlation,
      @Nullable Object payload) {
    // Apart from the ids of events that nodes emit.
    String id = eventId == null ? null : "event " + Start.scoped(tenant, MessageIds.check(eventId));
    String topic = Start.scoped(tenant, event);
    Object plain = Values.normalise(payload);
    return persistence == null
        ? host.memoryEvents().publish(id, topic, correlation, plain)
        : StoreCalls.get(
            persistence.publish(id, topic, correlation, plain),
            SharedGates.micros(options.startDeadline));
  }

  @Override
  public CredentialStore credentials() {
    return host.credentials().store();
  }

  @Override
  public Blobs blobs() {
    return host.outputs().blobs();
  }

  @Override
  public List<NodeType> catalog() {
    return plans.catalog();
  }

  @Override
  public EventStream events() {
    return events(null);
  }

  EventStream events(@Nullable String tenant) {
    return host.hub().stream(tenant);
  }

  @Override
  public Health health() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("underWay", turnstile.inside());
    facts.put("busyWorkers", host.workers().busy());
    facts.put("queued", queues.waiting());
    facts.put("completed", completed.sum());
    facts.put("failed", failed.sum());
    facts.put("cancelled", cancelled.sum());
    facts.put("resultsDiscarded", host.discardedResults());
    List<String> complaints = new ArrayList<>(plans.complaints());
    if (closing.get()) {
      return new Health(Health.State.DOWN, facts, List.of("the engine is closed"));
    }
    audit.describe(facts, complaints);
    triggers.describe(facts, complaints);
    host.describeCache(facts);
    if (persistence != null) {
      persistence.describe(facts, complaints);
      if (persistence.isDown()) {
        return new Health(Health.State.DOWN, facts, complaints);
      }
    }
    if (turnstile.inside() >= options.maxPending) {
      complaints.add("the engine is full: " + options.maxPending + " executions are under way");
    }
    return new Health(
        complaints.isEmpty() ? Health.State.UP : Health.State.DEGRADED, facts, complaints);
  }

  // ---- closing

  @Override
  public Shutdown close(Duration timeout) {
    if (closing.compareAndSet(false, true)) {
      triggers.close();
      List<Run> underWay = registry.all();
      List<String> interrupted = host.close(timeout);
      List<String> unfinished = new ArrayList<>();
      for (Run run : underWay) {
        if (!run.status().isFinal()) {
          unfinished.add(run.id());
        }
      }
      plans.close();
      shutdown = new Shutdown(interrupted, unfinished);
    }
    Shutdown done = shutdown;
    return done == null ? new Shutdown(List.of(), List.of()) : done;
  }

  @Override
  public void close() {
    close(options.drainTimeout);
  }
}
