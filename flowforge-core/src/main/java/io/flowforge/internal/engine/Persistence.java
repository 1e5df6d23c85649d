package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.internal.fault.FaultPoints;
import io.flowforge.internal.fault.Mutants;
import io.flowforge.internal.run.Run;
import io.flowforge.internal.time.Ids;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.BlobStore;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoreTraits;
import io.flowforge.spi.store.StoredExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine with a store does beyond one without: writes its runs down, and shows and moves
 * executions wherever they run. How they begin stands in {@link StoredStarts}, how those of others
 * are taken over in {@link Takeovers}, who hears of their ends in {@link EndWatch}.
 */
final class Persistence {
  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

  /** So many scans from one look at parked executions to the next. */
  private static final int SCANS_PER_MISFITS = 12;

  private static final long EVENT_MICROS = SharedGates.micros(Duration.ofDays(7));

  private final FlowStore store;
  private final StoreTraits traits;
  private final EngineOptions options;
  private final EngineHost host;
  private final Engine engine;
  private final Ids ids;
  private final StoreTime time;
  private final Drivers drivers;
  private final CommitQueue queue;
  private final Tenure tenure;
  private final FlowArchive archive;
  private final StoredOperations operations;
  private final Claims claims;
  private final @Nullable Sweeper sweeper;
  private final DurabilityWatch durability;
  private final Queueing queueing;
  private final QueuedStarts queued;
  private final StoreRates rates;
  private final long patienceMicros;
  private final StoredStarts starts;
  private final EndWatch ends;
  private final Takeovers takeovers;
  private final LongAdder fenced = new LongAdder();
  private volatile boolean closed;

  Persistence(
      FlowStore store,
      EngineOptions options,
      EngineHost host,
      Engine engine,
      Plans plans,
      TimeSource local,
      StoreTime time,
      Drivers drivers) {
    this.store = store;
    this.options = options;
    this.host = host;
    this.engine = engine;
    this.ids = host.ids();
    this.time = time;
    this.drivers = drivers;
    this.patienceMicros = SharedGates.micros(options.startDeadline);
    this.traits = store.open();
    checkDurability();
    this.queue = new CommitQueue(store, time, drivers, ids::nextDouble);
    this.archive = new FlowArchive(store, plans, patienceMicros);
    this.claims = new Claims(store, options.claiming);
    this.durability = new DurabilityWatch(store, traits.durability(), options.durability);
    this.queueing = new Queueing(store, time, patienceMicros);
    this.queued = new QueuedStarts(this, host, queueing, queue);
    this.rates = new StoreRates(store, time);
    host.sharedGates().share(rates, new StoreBreakers(store));
    this.operations =
        new StoredOperations(new ExecutionAccess(store, archive, this, patienceMicros));
    this.tenure =
        new Tenure(store, local, time, drivers, ids, options.lease, this::nudge, this::giveAllUp);
    StoreParts parts = new StoreParts(store, time, drivers, queue, archive, claims, patienceMicros);
    this.starts = new StoredStarts(this, parts, engine, host);
    this.ends = new EndWatch(parts, engine, this::view);
    this.takeovers = new Takeovers(parts, engine, host, tenure, queued, ends, options);
    this.sweeper =
        options.retention == null
            ? null
            : new Sweeper(
                store, time, drivers, options.retention, tenure::worker, this::collectBlobsAside);
  }

  private void checkDurability() {
    Durability wanted = options.durability;
    if (traits.durability().compareTo(wanted) < 0) {
      store.close();
      throw new FlowForgeException(
          "FF-STORE-DURABILITY",
          traits.name()
              + " keeps what it acknowledged only through "
              + traits.durability()
              + ", the engine asks for "
              + wanted
              + "; mend its settings or lower requireDurability");
    }
  }

  /** Becomes a worker and begins to look for work. */
  void begin() {
    tenure.begin(patienceMicros);
    store.onWake(this::wake);
    takeovers.begin();
    scheduleScan(0);
    if (sweeper != null) {
      sweeper.begin();
    }
  }

  private void scheduleScan(int count) {
    long due = time.epochMicros() + SharedGates.micros(options.scanInterval);
    time.schedule(
        due,
        () -> {
          if (!closed) {
            if (count % SCANS_PER_MISFITS == 0) {
              drivers.dispatch(takeovers::lookForParked);
            }
            wake();
            drivers.dispatch(this::sweep);
            drivers.dispatch(host.sharedGates()::lookForOpenBreakers);
            scheduleScan(count + 1);
          }
        });
  }

  private void sweep() {
    try {
      if (queueing.sweep()) {
        rates.sweep(time.epochMicros(), patienceMicros);
      }
    } catch (RuntimeException failed) {
      LOG.debug("old records could not be swept, the next time comes", failed);
    }
  }

  /** Something may have changed: looks soon. */
  void wake() {
    takeovers.wake();
  }

  // ---- parts

  QueuedStarts queued() {
    return queued;
  }

  StoredStarts starts() {
    return starts;
  }

  Takeovers takeovers() {
    return takeovers;
  }

  EndWatch ends() {
    return ends;
  }

  FlowArchive archive() {
    return archive;
  }

  StoredOperations operations() {
    return operations;
  }

  // ---- writing

  /** Where large content is kept: in the store, unless told otherwise. */
  BlobStore blobs() {
    return Objects.requireNonNull(host.blobStore());
  }

  /** Deletes blobs that nobody refers to any more; blocks. */
  void collectBlobs() {
    host.collectBlobs();
  }

  /** The same on a thread for what blocks. */
  private void collectBlobsAside() {
    try {
      host.execute(host::collectBlobs);
    } catch (RuntimeException refused) {
      LOG.debug("blobs are not collected, the engine closes", refused);
    }
  }

  void commit(Commit commit, BiConsumer<Commit.@Nullable Result, @Nullable Throwable> answered) {
    boolean news =
        !commit.messages().isEmpty()
            || !commit.awaits().isEmpty()
            || commit.children().stream().anyMatch(child -> child.worker() == null);
    PagePoints.before(commit);
    queue.submit(
        commit,
        (result, failure) -> {
          if (result == Commit.Result.APPLIED) {
            PagePoints.after(commit);
          } else if (result == Commit.Result.FENCED) {
            fenced.increment();
          }
          answered.accept(result, failure);
          if (news) {
            wake();
          }
        });
  }

  boolean mayAct() {
    return tenure.mayAct();
  }

  void fetchMail(Run run, Consumer<List<ReceivedMessage>> brought) {
    store
        .load(List.of(run.id()))
        .whenComplete(
            (found, failure) ->
                drivers.dispatch(
                    () -> {
                      if (failure == null) {
                        List<ReceivedMessage> unread =
                            found.isEmpty() ? List.of() : found.get(0).unread();
                        run.visit(() -> brought.accept(unread));
                      } else {
                        long due = time.epochMicros() + 1_000_000;
                        time.schedule(due, () -> fetchMail(run, brought));
                      }
                    }));
  }

  private void nudge() {
    engine.locals().forEach(Run::nudge);
    wake();
    durability.look();
  }

  private void giveAllUp() {
    engine.locals().forEach(Run::giveUp);
  }

  // ---- handles

  Optional<Execution> execution(String id) {
    return head(id)
        .map(head -> new StoredHandle(this, archive.plan(head.flowHash()).flow, id, false));
  }

  List<Execution> executions() {
    List<Execution> all = new ArrayList<>();
    for (Run run : engine.locals()) {
      all.add(new StoredHandle(this, run.flow(), run.id(), false));
    }
    return all;
  }

  Optional<ExecutionRecord> head(String id) {
    return StoreCalls.get(store.find(id), patienceMicros);
  }

  EventStream eventsOf(String id) {
    return host.eventsOf(id);
  }

  ExecutionStatus status(String id) {
    Run run = engine.local(id);
    if (run != null) {
      return run.status();
    }
    ExecutionRecord head = head(id).orElseThrow(() -> unknown(id));
    // Taken up meanwhile: the store may know of its end before the run here does, and whoever is
    // told of an end must not see the run go on after it.
    run = engine.local(id);
    if (run != null) {
      return run.status();
    }
    // Just claimed, and about to be looked into: whether it still waits is not known yet.
    boolean looks =
        head.status() == ExecutionStatus.WAITING && tenure.worker().equals(head.worker());
    return looks ? ExecutionStatus.RUNNING : head.status();
  }

  static FlowForgeException unknown(String id) {
    return new FlowForgeException(
        "FF-EXECUTION-UNKNOWN", "no execution " + id + " is in the store; was it deleted?");
  }

  /** The run in this process, or one made from the store that only shows its state. */
  Run view(String id) {
    Run run = engine.local(id);
    if (run != null) {
      return run;
    }
    List<StoredExecution> found = StoreCalls.get(store.load(List.of(id)), patienceMicros);
    if (found.isEmpty()) {
      throw unknown(id);
    }
    run = engine.local(id);
    if (run != null) {
      return run;
    }
    StoredExecution stored = found.get(0);
    Run shown = takeovers.shown(stored, archive.plan(stored.head().flowHash()));
    // A message that nobody has dealt with yet moves it on at once, and so may a new owner, who has
    // perhaps dealt with the message since the head was read.
    long due = stored.head().claimAtMicros();
    boolean moves = stored.head().worker() != null || !stored.unread().isEmpty();
    shown.showWake(due == 0 && moves ? time.epochMicros() : due);
    return shown;
  }

  void ended(Run run) {
    claims.ended(run.id());
    ends.ended(run);
    if (run.start().parent() != null) {
      wake();
    }
  }

  // ---- messages

  Message.Receipt send(String id, Message.Kind kind, String name, @Nullable Object payload) {
    String messageId = ids.next(time.epochMicros());
    return send(id, new Message(messageId, kind, name, Json.write(payload)));
  }

  Message.Receipt send(String id, Message message) {
    FaultPoints.hit("send.before");
    Message.Receipt receipt = StoreCalls.get(store.send(id, message), patienceMicros);
    FaultPoints.hit("send.after");
    if (receipt == Message.Receipt.UNKNOWN) {
      throw unknown(id);
    }
    wake();
    return receipt;
  }

  CompletionStage<Integer> publish(
      @Nullable String id, String event, @Nullable String correlation, @Nullable Object payload) {
    long now = time.epochMicros();
    PublishedEvent published =
        new PublishedEvent(
            id == null ? ids.next(now) : id,
            event,
            correlation == null ? "" : correlation,
            Json.write(payload),
            now + EVENT_MICROS);
    return store
        .publish(published)
        .thenApply(
            woken -> {
              wake();
              return woken;
            });
  }

  void cancelChild(Run parent, String id) {
    parent.addMessage(
        id,
        new Message(
            "cancel " + parent.id(),
            Message.Kind.CANCEL,
            "",
            Json.write("the execution that started it stops")));
  }

  // ---- operating

  long now() {
    return time.epochMicros();
  }

  String newId() {
    return ids.next(time.epochMicros());
  }

  String worker() {
    return tenure.worker();
  }

  /** An execution that this engine is to drive, whoever began it. */
  void adopt(String id) {
    claims.name(id);
  }

  /** The lines of a run in this process that the store may not have yet. */
  List<Map<String, Object>> unwrittenLog(String id) {
    Run run = engine.local(id);
    return run == null ? List.of() : run.unwrittenLog();
  }

  // ---- looking and closing

  void describe(Map<String, Object> facts, List<String> complaints) {
    facts.put("store", traits.name());
    facts.put("durability", traits.durability().name());
    facts.put("storeCommits", queue.calls());
    facts.put("storePages", queue.pages());
    takeovers.describe(facts);
    facts.put("leasesLost", tenure.losses());
    facts.put("pagesRefused", fenced.sum());
    if (sweeper != null) {
      facts.put("retentionDeleted", sweeper.deleted());
    }
    String outage = queue.outage();
    if (outage != null) {
      complaints.add("the store does not take pages: " + outage);
    }
    if (!tenure.isAlive()) {
      complaints.add("the engine holds no lease at the store" + tenure.trouble());
    }
    durability.describe(complaints);
  }

  boolean isDown() {
    return queue.outage() != null || !tenure.isAlive();
  }

  /** Waits until all pages are written; false when that takes too long. */
  boolean awaitIdle(long micros) throws InterruptedException {
    return queue.awaitIdle(micros);
  }

  /** Takes no more work. */
  void quiesce() {
    FaultPoints.hit("close.begin");
    closed = true;
    takeovers.close();
    if (Mutants.EARLY_RELEASE) {
      tenure.end(patienceMicros);
    }
    if (sweeper != null) {
      sweeper.close();
    }
  }

  /** Gives everything back. */
  void close() {
    closed = true;
    takeovers.close();
    FaultPoints.hit("close.drained");
    queue.close();
    FaultPoints.hit("close.retire");
    tenure.end(patienceMicros);
    FaultPoints.hit("close.retired");
    store.close();
    ends.close();
  }
}
