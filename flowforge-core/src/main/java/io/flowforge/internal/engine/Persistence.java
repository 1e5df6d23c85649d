package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.InvalidFlowException;
import io.flowforge.QueueOptions;
import io.flowforge.StartOutcomeUnknownException;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.internal.fault.FaultPoints;
import io.flowforge.internal.fault.Mutants;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Ownership;
import io.flowforge.internal.run.ParkReason;
import io.flowforge.internal.run.Run;
import io.flowforge.internal.run.Start;
import io.flowforge.internal.time.Ids;
import io.flowforge.spi.TimeSource;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.PublishedEvent;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoreTraits;
import io.flowforge.spi.store.StoredExecution;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine with a store does beyond one without: writes its runs down, takes over executions
 * that nobody drives, and brings the messages that come for its own.
 */
final class Persistence {
  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);
  private static final int CLAIMS = 256;
  private static final int LETTERS = 1000;
  private static final long ROOM_MICROS = 200_000;
  private static final long READ_AGAIN_MICROS = 1_000_000;

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
  private final Suspects suspects;
  private final @Nullable Sweeper sweeper;
  private final DurabilityWatch durability;
  private final ParkedExecutions parked;
  private final CatchUp catchUp;
  private final Queueing queueing;
  private final QueuedStarts queued;
  private final StoreRates rates;
  private final long patienceMicros;
  private final Map<String, CompletableFuture<ExecutionResult>> watched = new ConcurrentHashMap<>();
  private final AtomicBoolean scanning = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private final LongAdder takeovers = new LongAdder();
  private final LongAdder recovered = new LongAdder();
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
    this.suspects = new Suspects(time, drivers, ids::nextDouble);
    this.parked = new ParkedExecutions(store, this::takeUp);
    this.catchUp = new CatchUp(time, drivers, options.catchUpRate);
    this.queueing = new Queueing(store, time, patienceMicros);
    this.queued = new QueuedStarts(this, host, queueing, queue);
    this.rates = new StoreRates(store, time);
    host.sharedGates().share(rates, new StoreBreakers(store));
    this.operations =
        new StoredOperations(new ExecutionAccess(store, archive, this, patienceMicros));
    this.tenure =
        new Tenure(store, local, time, drivers, ids, options.lease, this::nudge, this::giveAllUp);
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
    catchUp.begin();
    store.onWake(this::wake);
    drivers.dispatch(this::scan);
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
            if (options.claiming && count % SCANS_PER_MISFITS == 0) {
              drivers.dispatch(this::lookForParked);
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

  // ---- starting

  QueuedStarts queued() {
    return queued;
  }

  /** A run that will create its execution with its first page. */
  Run prepare(Plan plan, String id, Start start) {
    archive.keep(plan);
    long now = time.epochMicros();
    String worker = tenure.worker();
    NewExecution created = created(plan, id, start, now, worker);
    return new Run(host, plan, id, now, start, new Ownership(worker, 1, 0, 0, created));
  }

  /** Begins a run, and waits until the store has it. */
  Execution start(Run run, Plan plan, Start start) {
    String id = run.id();
    FaultPoints.hit("start.before");
    if (engine.admit(run, plan)) {
      return accepted(id, run.accepted(), plan, start, true);
    }
    Run other = engine.local(id);
    if (other == null) {
      return known(id, plan, start);
    }
    checkSame(id, plan, start, other.flow().contentHash(), other.start());
    return accepted(id, other.accepted(), plan, start, false);
  }

  /** Begins a run with an event; whether it was the first of its id, once the store has it. */
  CompletionStage<Boolean> fire(Run run, Plan plan) {
    if (!engine.admit(run, plan)) {
      Run other = engine.local(run.id());
      CompletionStage<Commit.Result> kept =
          other == null
              ? CompletableFuture.completedFuture(Commit.Result.EXISTS)
              : other.accepted();
      return kept.thenApply(result -> false);
    }
    claims.name(run.id());
    return run.accepted().thenApply(result -> isNew(run.id(), result));
  }

  private static boolean isNew(String id, Commit.Result result) {
    return switch (result) {
      case APPLIED -> true;
      case EXISTS -> false;
      default -> throw fenced(id);
    };
  }

  /** Begins a run under a new id, and gives its result when it has ended. */
  CompletionStage<ExecutionResult> result(Run run, Plan plan) {
    CompletableFuture<ExecutionResult> end =
        watched.computeIfAbsent(run.id(), key -> new CompletableFuture<>());
    claims.name(run.id());
    engine.admit(run, plan);
    run.accepted()
        .whenComplete(
            (result, failure) -> {
              if (result != Commit.Result.APPLIED && watched.remove(run.id(), end)) {
                end.completeExceptionally(
                    failure == null ? new StartOutcomeUnknownException(run.id(), null) : failure);
              }
            });
    return end.minimalCompletionStage();
  }

  /** Waits until the first page of an execution is written, whoever started it. */
  Execution accepted(
      String id, CompletionStage<Commit.Result> written, Plan plan, Start start, boolean created) {
    Commit.Result result;
    try {
      result = StoreCalls.get(written, patienceMicros);
    } catch (StoreException failed) {
      if (failed.kind() == StoreException.Kind.FATAL) {
        throw failed;
      }
      // The page stays on its way: whoever starts with this id again waits for the same answer.
      throw new StartOutcomeUnknownException(id, failed);
    }
    return switch (result) {
      case APPLIED -> {
        FaultPoints.hit("start.after");
        claims.name(id);
        yield new StoredHandle(this, plan.flow, id, created);
      }
      case EXISTS -> known(id, plan, start);
      default -> throw fenced(id);
    };
  }

  private static FlowForgeException fenced(String id) {
    return new FlowForgeException(
        "FF-FENCED",
        "the engine has lost its lease and enlists anew; start execution " + id + " again",
        Map.of("executionId", id),
        true,
        null);
  }

  /** An execution that has the id already; it must be the same start. */
  private Execution known(String id, Plan plan, Start start) {
    ExecutionRecord head = head(id).orElseThrow(() -> new StartOutcomeUnknownException(id, null));
    Start first = StartText.parse(head.start(), head.tenant(), head.attributes());
    checkSame(id, plan, start, head.flowHash(), first);
    claims.name(id);
    wake();
    return new StoredHandle(this, plan.flow, id, false);
  }

  private static void checkSame(String id, Plan plan, Start start, String hash, Start first) {
    boolean same =
        hash.equals(plan.flow.contentHash())
            && first.inputs().equals(start.inputs())
            && first.tenant().equals(start.tenant());
    if (!same) {
      throw Engine.conflict(id);
    }
  }

  private static NewExecution created(
      Plan plan, String id, Start start, long now, @Nullable String worker) {
    return new NewExecution(
        id,
        plan.flow.id(),
        plan.flow.contentHash(),
        start.tenant(),
        start.attributes(),
        StartText.of(start),
        now,
        worker);
  }

  /** The execution of a sub-flow, created with the next page of its parent and begun behind it. */
  void startChild(Run parent, Plan plan, String id, Start start) {
    archive.keep(plan);
    claims.name(id);
    QueuePlace place = queued.place(plan, id, start, QueueOptions.NONE);
    if (place != null) {
      parent.addChild(unowned(plan, id, start, place), this::wake);
      return;
    }
    long now = time.epochMicros();
    String worker = parent.worker();
    NewExecution created = created(plan, id, start, now, worker);
    Run run = new Run(host, plan, id, now, start, new Ownership(worker, 1, 0, 0, null));
    parent.addChild(created, () -> engine.admitAlways(run, plan));
  }

  /** An execution that whoever claims it first runs, once its place in a queue lets it. */
  NewExecution unowned(Plan plan, String id, Start start, @Nullable QueuePlace place) {
    archive.keep(plan);
    claims.name(id);
    return created(plan, id, start, time.epochMicros(), null).withPlace(place);
  }

  /** An execution that this worker creates. */
  NewExecution owned(Plan plan, String id, Start start) {
    archive.keep(plan);
    claims.name(id);
    return created(plan, id, start, time.epochMicros(), tenure.worker());
  }

  // ---- writing

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

  // ---- looking for work

  /** Something may have changed: looks soon. */
  void wake() {
    again.set(true);
    drivers.dispatch(this::scan);
  }

  /** Looks for executions that another process has parked and this one may go on with. */
  void lookForParked() {
    parked
        .look()
        .whenComplete(
            (ignored, failure) -> {
              if (failure != null) {
                LOG.debug("parked executions could not be looked through", failure);
              }
            });
  }

  private void takeUp(ExecutionRecord head) {
    String flow = ParkReason.unknownFlowOf(head.reason());
    drivers.dispatch(
        () -> {
          try {
            if (flow == null || engine.children().knows(head.tenant(), flow)) {
              unpark(head.id());
            }
          } catch (StoreException unreachable) {
            LOG.debug("execution {} stays parked for now", head.id(), unreachable);
            parked.isStillParked(head.id());
          }
        });
  }

  private void scan() {
    if (closed || !tenure.isAlive() || !scanning.compareAndSet(false, true)) {
      return;
    }
    again.set(false);
    String worker = tenure.worker();
    int room = Math.min(CLAIMS, engine.room());
    List<ExecutionRecord> none = List.of();
    // Inside of the chain, so that a store that throws at once does not end all looking.
    CompletableFuture.completedFuture(none)
        .thenCompose(
            ignored ->
                room > 0 && tenure.mayAct()
                    ? claims.take(worker, room, time.epochMicros(), id -> engine.local(id) != null)
                    : CompletableFuture.completedFuture(none))
        .thenCompose(
            heads -> {
              if (heads.size() == room && room > 0) {
                again.set(true);
              }
              if (!heads.isEmpty()) {
                FaultPoints.hit("claim.after");
              }
              takeovers.add(heads.stream().filter(head -> head.recoveries() > 0).count());
              return load(heads);
            })
        .thenCompose(ignored -> store.inbox(worker, LETTERS))
        .thenAccept(this::deliver)
        .whenComplete(
            (ignored, failure) -> {
              if (failure != null) {
                LOG.debug("a look into the store failed, the next comes soon", failure);
              }
              drivers.dispatch(this::scanned);
            });
  }

  private void scanned() {
    scanning.set(false);
    lookForEnded();
    if (again.get() && !closed) {
      scan();
    }
  }

  private CompletionStage<@Nullable Void> load(List<ExecutionRecord> heads) {
    if (heads.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    // Inside of the chain, so that a store that throws at once is asked again as well.
    return CompletableFuture.completedFuture(
            heads.stream().map(ExecutionRecord::id).distinct().toList())
        .thenCompose(store::load)
        .thenAccept(found -> suspects.takeUp(found, this::reviveIfMine))
        .whenComplete(
            (ignored, failure) -> {
              if (failure != null) {
                loadLater(heads);
              }
            });
  }

  /** Once claimed, they are told by no claim again while the worker lives. */
  private void loadLater(List<ExecutionRecord> heads) {
    time.schedule(
        time.epochMicros() + READ_AGAIN_MICROS,
        () ->
            drivers.dispatch(
                () -> {
                  String worker = tenure.worker();
                  if (!closed) {
                    load(heads.stream().filter(head -> worker.equals(head.worker())).toList());
                  }
                }));
  }

  private void reviveIfMine(StoredExecution stored) {
    // Given up meanwhile, it belongs to whoever claims it next.
    if (tenure.worker().equals(stored.head().worker())) {
      revive(stored, false);
    }
  }

  private void deliver(List<ReceivedMessage> letters) {
    Map<String, List<ReceivedMessage>> byRun = new LinkedHashMap<>();
    for (ReceivedMessage letter : letters) {
      byRun.computeIfAbsent(letter.executionId(), key -> new ArrayList<>()).add(letter);
    }
    byRun.forEach(
        (id, all) -> {
          Run run = engine.local(id);
          if (run != null) {
            drivers.dispatch(() -> run.bring(all));
          }
        });
  }

  /** Goes on with an execution that was claimed. */
  private void revive(StoredExecution stored, boolean wanted) {
    ExecutionRecord head = stored.head();
    if (!wanted && head.recoveries() > options.maxRecoveries) {
      park(head, ParkReason.CRASH_LOOP);
      return;
    }
    if (!wanted && head.status() == ExecutionStatus.PARKED) {
      // Whoever took it up died before it was moved; that is no reason to move it.
      park(head, head.reason());
      return;
    }
    FaultPoints.hit("replay.before");
    Run run;
    Plan plan;
    ExecutionError refusal;
    try {
      plan = archive.plan(head.flowHash());
      run = replayed(stored, plan, ownership(head));
      refusal = queued.refusal(run, head.reason());
    } catch (InvalidFlowException unknown) {
      LOG.warn("execution {} is parked", head.id(), unknown);
      parked.isForOthers(head.id());
      park(head, ParkReason.UNKNOWN_NODE_TYPE);
      return;
    } catch (StoreException unreachable) {
      LOG.debug("execution {} could not be read, it is given back", head.id(), unreachable);
      queue.submit(
          Commit.page(head.id(), tenure.worker(), head.epoch(), head.position() + 1, "[]")
              .with(HeadChange.released(head.status(), head.reason(), time.epochMicros())),
          (result, failure) -> {});
      return;
    } catch (RuntimeException unreadable) {
      LOG.warn("execution {} is parked", head.id(), unreadable);
      parked.isForOthers(head.id());
      park(head, ParkReason.STATE_UNSUPPORTED);
      return;
    }
    FaultPoints.hit("replay.after");
    // Only what slept until its time; others go on for a message, or were under way.
    boolean slept = head.status() == ExecutionStatus.WAITING && stored.unread().isEmpty();
    catchUp.admit(
        slept ? run.timerMicros() : 0,
        () -> {
          // The lease may have been lost, or given back, while it waited for its turn.
          if (closed || !tenure.worker().equals(head.worker())) {
            return;
          }
          if (engine.admitRevived(run, plan, stored.unread(), refusal)) {
            recovered.increment();
          } else {
            reviveLater(head, wanted);
          }
        });
  }

  /**
   * Goes on once another run here has made room: a start of the same id whose page is still on its
   * way, which the store will refuse, or one that was given up a moment ago.
   */
  private void reviveLater(ExecutionRecord head, boolean wanted) {
    Run other = engine.local(head.id());
    if (closed || other != null && other.epoch() == head.epoch()) {
      return;
    }
    time.schedule(
        time.epochMicros() + ROOM_MICROS,
        () ->
            store
                .load(List.of(head.id()))
                .whenComplete(
                    (found, failure) -> drivers.dispatch(() -> reviveAgain(head, wanted, found))));
  }

  private void reviveAgain(
      ExecutionRecord head, boolean wanted, @Nullable List<StoredExecution> found) {
    if (found == null) {
      reviveLater(head, wanted);
      return;
    }
    for (StoredExecution now : found) {
      if (now.head().epoch() == head.epoch() && tenure.worker().equals(now.head().worker())) {
        revive(now, wanted);
      }
    }
  }

  private static Ownership ownership(ExecutionRecord head) {
    String worker = head.worker();
    return new Ownership(
        worker == null ? "" : worker, head.epoch(), head.position(), head.recoveries(), null);
  }

  /** Goes on with an execution that was taken for another purpose. */
  void goOn(StoredExecution taken) {
    revive(taken, false);
  }

  /** The state that a journal makes with a plan, only to look at. */
  Run shown(StoredExecution stored, Plan plan) {
    return replayed(stored, plan, null);
  }

  private Run replayed(StoredExecution stored, Plan plan, @Nullable Ownership ownership) {
    ExecutionRecord head = stored.head();
    Start start = StartText.parse(head.start(), head.tenant(), head.attributes());
    Run run = new Run(host, plan, head.id(), head.startedMicros(), start, ownership);
    run.replay(stored.pages(), head.status());
    return run;
  }

  private void park(ExecutionRecord head, @Nullable String reason) {
    park(head.id(), tenure.worker(), head.epoch(), head.position() + 1, reason);
  }

  /** A page of an execution here was refused for good; without it the execution cannot go on. */
  void parkRefused(String id, String worker, long epoch, long position) {
    park(id, worker, epoch, position, ParkReason.PAGE_REFUSED);
  }

  private void park(String id, String worker, long epoch, long position, @Nullable String reason) {
    Commit page =
        Commit.page(id, worker, epoch, position, "[]")
            .with(HeadChange.released(ExecutionStatus.PARKED, reason, 0));
    queue.submit(page, (result, failure) -> {});
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
    Run shown = replayed(stored, archive.plan(stored.head().flowHash()), null);
    // A message that nobody has dealt with yet moves it on at once, and so may a new owner, who has
    // perhaps dealt with the message since the head was read.
    long due = stored.head().claimAtMicros();
    boolean moves = stored.head().worker() != null || !stored.unread().isEmpty();
    shown.showWake(due == 0 && moves ? time.epochMicros() : due);
    return shown;
  }

  /** Completes when the execution ends, wherever that is. */
  CompletableFuture<ExecutionResult> watch(String id) {
    CompletableFuture<ExecutionResult> end =
        watched.computeIfAbsent(id, key -> new CompletableFuture<>());
    if (engine.local(id) == null) {
      drivers.dispatch(this::lookForEnded);
    }
    return end;
  }

  /** Nobody is told of an end that cannot come. */
  void unwatch(String id, CompletableFuture<ExecutionResult> end) {
    watched.remove(id, end);
  }

  void ended(Run run) {
    claims.ended(run.id());
    CompletableFuture<ExecutionResult> end = watched.remove(run.id());
    if (end != null) {
      end.complete(run);
    }
    if (run.start().parent() != null) {
      wake();
    }
  }

  /** Executions that someone waits for may have ended elsewhere. */
  private void lookForEnded() {
    for (String id : watched.keySet()) {
      if (engine.local(id) == null) {
        // Inside of the chain, so that a store that throws at once does not end all looking.
        CompletableFuture.completedFuture(id)
            .thenCompose(store::find)
            .thenAccept(head -> head.ifPresent(this::tellIfEnded));
      }
    }
  }

  private void tellIfEnded(ExecutionRecord head) {
    if (!head.status().isFinal()) {
      return;
    }
    drivers.dispatch(
        () -> {
          CompletableFuture<ExecutionResult> end = watched.remove(head.id());
          if (end == null) {
            return;
          }
          try {
            end.complete(view(head.id()));
          } catch (RuntimeException unreadable) {
            end.completeExceptionally(unreadable);
          }
        });
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

  FlowArchive archive() {
    return archive;
  }

  StoredOperations operations() {
    return operations;
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

  /** Lets a parked execution go on, whatever it was parked for. */
  boolean unpark(String id) {
    Optional<ExecutionRecord> claimed =
        StoreCalls.get(store.claim(tenure.worker(), id), patienceMicros);
    claimed.ifPresent(this::reviveWanted);
    return claimed.isPresent();
  }

  private void reviveWanted(ExecutionRecord head) {
    List<StoredExecution> found;
    try {
      found = StoreCalls.get(store.load(List.of(head.id())), patienceMicros);
    } catch (StoreException unreachable) {
      LOG.debug("execution {} goes on once it can be read", head.id(), unreachable);
      reviveLater(head, true);
      return;
    }
    found.forEach(one -> revive(one, true));
  }

  // ---- looking and closing

  void describe(Map<String, Object> facts, List<String> complaints) {
    facts.put("store", traits.name());
    facts.put("durability", traits.durability().name());
    facts.put("storeCommits", queue.calls());
    facts.put("storePages", queue.pages());
    facts.put("takeovers", takeovers.sum());
    facts.put("resumed", recovered.sum());
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
    FaultPoints.hit("close.drained");
    queue.close();
    FaultPoints.hit("close.retire");
    tenure.end(patienceMicros);
    FaultPoints.hit("close.retired");
    store.close();
    for (CompletableFuture<ExecutionResult> end : watched.values()) {
      end.completeExceptionally(
          new FlowForgeException(
              "FF-CLOSED", "the engine was closed; the execution goes on where the store is open"));
    }
  }
}
