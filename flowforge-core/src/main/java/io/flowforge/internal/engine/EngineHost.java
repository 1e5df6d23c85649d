package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.FlowEvent;
import io.flowforge.execution.LogLevel;
import io.flowforge.execution.Secret;
import io.flowforge.execution.Timestamps;
import io.flowforge.internal.blob.Collector;
import io.flowforge.internal.blob.Outputs;
import io.flowforge.internal.blob.RecordBlobs;
import io.flowforge.internal.control.SubflowConfig;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.internal.run.EventBus;
import io.flowforge.internal.run.Gates;
import io.flowforge.internal.run.Host;
import io.flowforge.internal.run.ResultCache;
import io.flowforge.internal.run.Run;
import io.flowforge.internal.run.Start;
import io.flowforge.internal.time.Ids;
import io.flowforge.internal.time.SystemTime;
import io.flowforge.internal.vault.Credentials;
import io.flowforge.spi.ErrorHandler;
import io.flowforge.spi.Interceptor;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.ReceivedMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the runs of an engine share. */
final class EngineHost implements Host {
  private static final Logger LOG = LoggerFactory.getLogger("io.flowforge.engine");
  private static final int DRIVERS = 2;

  private final EngineOptions options;
  private final Engine engine;

  /** The process's own time, and with a store the store's. */
  private final TimeSource local;

  private final StoreTime storeTime;
  private final TimeSource time;
  private final Clock clock;
  private final Drivers drivers;
  private final Workers workers;
  private final EventHub hub;
  private final SharedGates gates;
  private final MemoryEvents events;
  private final ResultCache cache;
  private final @Nullable SharedResults sharedResults;
  private final Ids ids;
  private final List<Interceptor> interceptors;
  private final Credentials credentials;
  private final @Nullable BlobStore blobs;
  private final Outputs outputs;
  private final Redaction redaction;
  private final long nodeTimeoutMicros;
  private final long cancelGraceMicros;
  private final long leaveAfterMicros;
  private final LongAdder discarded = new LongAdder();
  private @Nullable Persistence persistence;

  /** The engine closes: what runs may finish, and nothing with an effect begins. */
  private volatile boolean draining;

  EngineHost(EngineOptions options, Engine engine) {
    this.options = options;
    this.engine = engine;
    this.drivers = new Drivers(options.time != null, DRIVERS);
    this.local = options.time != null ? options.time : new SystemTime(drivers::due);
    this.storeTime = new StoreTime(local);
    this.time = options.store == null ? local : storeTime;
    this.clock = new EngineClock(time);
    this.workers = new Workers(options.executor, options.workers);
    this.hub = new EventHub(drivers.listenerPool(), time);
    this.gates = new SharedGates(time, options.typeLimits);
    this.events = new MemoryEvents(time);
    this.ids = new Ids(options.seed);
    this.interceptors = List.copyOf(options.interceptors);
    FlowStore store = options.store;
    this.blobs =
        options.blobs != null || store == null
            ? options.blobs
            : new RecordBlobs(store, options.startDeadline);
    this.outputs =
        new Outputs(blobs, options.inlineLimit, options.executionLimit, time::epochMicros);
    this.redaction = new Redaction();
    MemoryCache memory = new MemoryCache(time);
    this.sharedResults =
        SharedResults.of(options, memory, time, drivers::dispatch, redaction).orElse(null);
    this.cache = sharedResults == null ? memory : sharedResults;
    this.credentials =
        new Credentials(
            options.credentials,
            options.keyring,
            StoreCredentials.of(options, time::epochMicros),
            time::epochMicros,
            redaction::learn);
    this.nodeTimeoutMicros = SharedGates.micros(options.nodeTimeout);
    this.cancelGraceMicros = SharedGates.micros(options.cancelGrace);
    this.leaveAfterMicros = SharedGates.micros(options.leaveAfter);
  }

  /** The engine's time as a clock. */
  private static final class EngineClock extends Clock {
    private final TimeSource time;

    EngineClock(TimeSource time) {
      this.time = time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.offset(this, Duration.ZERO).withZone(zone);
    }

    @Override
    public Instant instant() {
      return Timestamps.ofMicros(time.epochMicros());
    }
  }

  /** Opens the store, if there is one. */
  @Nullable Persistence open(Plans plans) {
    FlowStore store = options.store;
    if (store != null) {
      persistence = new Persistence(store, options, this, engine, plans, local, storeTime, drivers);
    }
    return persistence;
  }

  TimeSource local() {
    return local;
  }

  Ids ids() {
    return ids;
  }

  EventHub hub() {
    return hub;
  }

  Workers workers() {
    return workers;
  }

  long discardedResults() {
    return discarded.sum();
  }

  @Override
  public TimeSource time() {
    return time;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public void dispatch(Runnable step) {
    drivers.dispatch(step);
  }

  @Override
  public void execute(Runnable action) {
    workers.execute(action);
  }

  @Override
  public double random() {
    return ids.nextDouble();
  }

  @Override
  public String newId() {
    return ids.next(time.epochMicros());
  }

  @Override
  public boolean listening() {
    return hub.active();
  }

  @Override
  public void publish(FlowEvent event) {
    hub.publish(event);
  }

  @Override
  public EventStream eventsOf(String executionId) {
    return hub.stream(null).ofExecution(executionId);
  }

  @Override
  public List<Interceptor> interceptors() {
    return interceptors;
  }

  @Override
  public Outputs outputs() {
    return outputs;
  }

  /** Where large content is kept; null when there is nowhere. */
  @Nullable BlobStore blobStore() {
    return blobs;
  }

  /** Deletes blobs that no execution refers to any more. */
  void collectBlobs() {
    FlowStore store = options.store;
    if (store == null || blobs == null) {
      return;
    }
    try {
      new Collector(store, blobs, this::answer)
          .collect(time.epochMicros() - SharedGates.micros(options.blobGrace));
    } catch (FlowForgeException failed) {
      complain("blobs that nobody refers to were not deleted; the next purge tries again", failed);
    }
  }

  private <T> T answer(CompletionStage<T> stage) {
    return StoreCalls.get(stage, SharedGates.micros(options.startDeadline));
  }

  Credentials credentials() {
    return credentials;
  }

  @Override
  public Secret credential(String tenant, String name) {
    return credentials.find(tenant, name);
  }

  @Override
  public Map<String, Secret> credentials(String tenant) {
    return credentials.view(tenant);
  }

  @Override
  public ExecutionError redacted(ExecutionError error) {
    return redaction.apply(error);
  }

  @Override
  public String redacted(String text) {
    return redaction.text(text);
  }

  @Override
  public LogLevel logLevel() {
    return options.logLevel;
  }

  @Override
  public <T> @Nullable T service(Class<T> type) {
    return type.cast(options.services.get(type));
  }

  @Override
  public @Nullable ErrorHandler errorHandler(String code) {
    ErrorHandler exact = options.errorHandlers.get(code);
    if (exact != null || options.errorHandlers.isEmpty()) {
      return exact;
    }
    String longest = null;
    for (String pattern : options.errorHandlers.keySet()) {
      boolean fits =
          pattern.endsWith("*") && code.startsWith(pattern.substring(0, pattern.length() - 1));
      if (fits && (longest == null || pattern.length() > longest.length())) {
        longest = pattern;
      }
    }
    return longest == null ? null : options.errorHandlers.get(longest);
  }

  @Override
  public long nodeTimeoutMicros() {
    return nodeTimeoutMicros;
  }

  @Override
  public long cancelGraceMicros() {
    return cancelGraceMicros;
  }

  SharedGates sharedGates() {
    return gates;
  }

  @Override
  public Gates gates() {
    return gates;
  }

  /** The waits and events of an engine without a store. */
  MemoryEvents memoryEvents() {
    return events;
  }

  @Override
  public EventBus events() {
    return events;
  }

  @Override
  public ResultCache cache() {
    return cache;
  }

  void describeCache(Map<String, Object> facts) {
    if (sharedResults != null) {
      sharedResults.describe(facts);
    }
  }

  @Override
  public CompletionStage<Integer> publish(
      String id, String event, @Nullable String correlation, @Nullable Object payload) {
    Persistence stored = persistence;
    return stored == null
        ? CompletableFuture.completedFuture(events.publish(event, correlation, payload))
        : stored.publish(id, event, correlation, payload);
  }

  @Override
  public void startChild(
      Run parent, PlanNode node, String id, SubflowConfig config, Start.Parent told) {
    engine.children().start(parent, node, id, config, told);
  }

  @Override
  public long flowWaitMicros(Run parent, PlanNode node, SubflowConfig config) {
    return engine.children().waitMicros(parent, node, config);
  }

  @Override
  public void cancelChild(Run parent, String id) {
    Persistence stored = persistence;
    if (stored != null) {
      stored.cancelChild(parent, id);
      return;
    }
    Run child = engine.local(id);
    if (child != null) {
      child.cancel("the execution that started it stops");
    }
  }

  @Override
  public void adopt(String id) {
    stored().adopt(id);
  }

  @Override
  public @Nullable NewExecution newErrorFlow(Run failed, String flowId, ExecutionError error) {
    return engine.children().newErrorFlow(failed, flowId, error);
  }

  @Override
  public long errorFlowWaitMicros(Run failed, String flowId) {
    return engine.children().waitMicros(failed, flowId);
  }

  @Override
  public void left(Run run) {
    engine.left(run);
  }

  @Override
  public void commit(
      Commit commit, BiConsumer<Commit.@Nullable Result, @Nullable Throwable> answered) {
    stored().commit(commit, answered);
  }

  @Override
  public void parkRefused(String id, String worker, long epoch, long position) {
    stored().takeovers().parkRefused(id, worker, epoch, position);
  }

  @Override
  public void fetchMail(Run run, Consumer<List<ReceivedMessage>> brought) {
    stored().fetchMail(run, brought);
  }

  @Override
  public boolean mayAct() {
    return !draining && stored().mayAct();
  }

  @Override
  public long leaveAfterMicros() {
    return leaveAfterMicros;
  }

  private Persistence stored() {
    return Objects.requireNonNull(persistence, "an engine without a store");
  }

  @Override
  public void startErrorFlow(Run failed, String flowId, ExecutionError error) {
    try {
      engine.children().startErrorFlow(failed, flowId, error);
    } catch (FlowForgeException refused) {
      complain("error flow " + flowId + " of execution " + failed.id() + " was refused", refused);
    }
  }

  @Override
  public void ended(Run run) {
    engine.ended(run);
  }

  @Override
  public void discarded(String executionId, String path) {
    discarded.increment();
    LOG.debug("a late result of {} in execution {} was dropped", path, executionId);
  }

  @Override
  public void complain(String what, @Nullable Throwable cause) {
    LOG.warn(what, cause);
  }

  /**
   * Lets running actions finish, then interrupts them; gives the addresses of those it interrupted.
   */
  List<String> close(Duration timeout) {
    long patience = SharedGates.micros(timeout);
    Persistence stored = persistence;
    draining = stored != null;
    if (stored != null) {
      stored.quiesce();
    }
    boolean idle = awaitIdle(patience, stored);
    List<String> left = idle ? List.of() : engine.busyCalls();
    if (stored != null) {
      // From here on what is interrupted is not this engine's any more, and so no failure.
      engine.locals().forEach(Run::giveUp);
    }
    workers.close();
    if (stored != null) {
      stored.close();
    }
    time.close();
    drivers.close();
    return left;
  }

  private boolean awaitIdle(long micros, @Nullable Persistence stored) {
    try {
      return workers.awaitIdle(micros * 1000) && (stored == null || stored.awaitIdle(micros));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
