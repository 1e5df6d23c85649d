package io.flowforge.internal.engine;

import io.flowforge.InvalidFlowException;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.fault.FaultPoints;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Ownership;
import io.flowforge.internal.run.ParkReason;
import io.flowforge.internal.run.Run;
import io.flowforge.internal.run.Start;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for work in the store: claims executions that are due or that nobody drives any more, goes
 * on with them from their journals, and brings the messages that have come for runs of this engine.
 *
 * <p>An execution that cannot go on here, or should not, is parked with a {@link ParkReason}.
 */
final class Takeovers {
  private static final Logger LOG = LoggerFactory.getLogger(Takeovers.class);
  private static final int CLAIMS = 256;
  private static final int LETTERS = 1000;
  private static final long ROOM_MICROS = 200_000;
  private static final long READ_AGAIN_MICROS = 1_000_000;

  private final StoreParts parts;
  private final Engine engine;
  private final EngineHost host;
  private final Tenure tenure;
  private final QueuedStarts queued;
  private final EndWatch ends;
  private final Suspects suspects;
  private final ParkedExecutions parked;
  private final CatchUp catchUp;
  private final int maxRecoveries;
  private final boolean claiming;
  private final AtomicBoolean scanning = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private final LongAdder takenOver = new LongAdder();
  private final LongAdder recovered = new LongAdder();
  private volatile boolean closed;

  Takeovers(
      StoreParts parts,
      Engine engine,
      EngineHost host,
      Tenure tenure,
      QueuedStarts queued,
      EndWatch ends,
      EngineOptions options) {
    this.parts = parts;
    this.engine = engine;
    this.host = host;
    this.tenure = tenure;
    this.queued = queued;
    this.ends = ends;
    this.suspects = new Suspects(parts.time(), parts.drivers(), host.ids()::nextDouble);
    this.parked = new ParkedExecutions(parts.store(), this::takeUp);
    this.catchUp = new CatchUp(parts.time(), parts.drivers(), options.catchUpRate);
    this.maxRecoveries = options.maxRecoveries;
    this.claiming = options.claiming;
  }

  void begin() {
    catchUp.begin();
    parts.drivers().dispatch(this::scan);
  }

  /** Takes up no more. */
  void close() {
    closed = true;
  }

  void describe(Map<String, Object> facts) {
    facts.put("takeovers", takenOver.sum());
    facts.put("resumed", recovered.sum());
  }

  // ---- looking

  /** Something may have changed: looks soon. */
  void wake() {
    again.set(true);
    parts.drivers().dispatch(this::scan);
  }

  /** Looks for executions that another process has parked and this one may go on with. */
  void lookForParked() {
    if (!claiming) {
      return;
    }
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
    parts
        .drivers()
        .dispatch(
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
                    ? parts
                        .claims()
                        .take(
                            worker,
                            room,
                            parts.time().epochMicros(),
                            id -> engine.local(id) != null)
                    : CompletableFuture.completedFuture(none))
        .thenCompose(
            heads -> {
              if (heads.size() == room && room > 0) {
                again.set(true);
              }
              if (!heads.isEmpty()) {
                FaultPoints.hit("claim.after");
              }
              takenOver.add(heads.stream().filter(head -> head.recoveries() > 0).count());
              return load(heads);
            })
        .thenCompose(ignored -> parts.store().inbox(worker, LETTERS))
        .thenAccept(this::deliver)
        .whenComplete(
            (ignored, failure) -> {
              if (failure != null) {
                LOG.debug("a look into the store failed, the next comes soon", failure);
              }
              parts.drivers().dispatch(this::scanned);
            });
  }

  private void scanned() {
    scanning.set(false);
    ends.look();
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
        .thenCompose(parts.store()::load)
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
    parts
        .time()
        .schedule(
            parts.time().epochMicros() + READ_AGAIN_MICROS,
            () ->
                parts
                    .drivers()
                    .dispatch(
                        () -> {
                          String worker = tenure.worker();
                          if (!closed) {
                            load(
                                heads.stream()
                                    .filter(head -> worker.equals(head.worker()))
                                    .toList());
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
            parts.drivers().dispatch(() -> run.bring(all));
          }
        });
  }

  /** Goes on with an execution that was claimed. */
  private void revive(StoredExecution stored, boolean wanted) {
    ExecutionRecord head = stored.head();
    if (!wanted && head.recoveries() > maxRecoveries) {
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
      plan = parts.archive().plan(head.flowHash());
      run = replayed(stored, plan, ownership(head));
      refusal = queued.refusal(run, head.reason());
    } catch (InvalidFlowException unknown) {
      LOG.warn("execution {} is parked", head.id(), unknown);
      parked.isForOthers(head.id());
      park(head, ParkReason.UNKNOWN_NODE_TYPE);
      return;
    } catch (StoreException unreachable) {
      LOG.debug("execution {} could not be read, it is given back", head.id(), unreachable);
      parts
          .queue()
          .submit(
              Commit.page(head.id(), tenure.worker(), head.epoch(), head.position() + 1, "[]")
                  .with(
                      HeadChange.released(
                          head.status(), head.reason(), parts.time().epochMicros())),
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
    parts
        .time()
        .schedule(
            parts.time().epochMicros() + ROOM_MICROS,
            () ->
                parts
                    .store()
                    .load(List.of(head.id()))
                    .whenComplete(
                        (found, failure) ->
                            parts.drivers().dispatch(() -> reviveAgain(head, wanted, found))));
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
    parts.queue().submit(page, (result, failure) -> {});
  }

  /** Lets a parked execution go on, whatever it was parked for. */
  boolean unpark(String id) {
    Optional<ExecutionRecord> claimed =
        StoreCalls.get(parts.store().claim(tenure.worker(), id), parts.patienceMicros());
    claimed.ifPresent(this::reviveWanted);
    return claimed.isPresent();
  }

  private void reviveWanted(ExecutionRecord head) {
    List<StoredExecution> found;
    try {
      found = StoreCalls.get(parts.store().load(List.of(head.id())), parts.patienceMicros());
    } catch (StoreException unreachable) {
      LOG.debug("execution {} goes on once it can be read", head.id(), unreachable);
      reviveLater(head, true);
      return;
    }
    found.forEach(one -> revive(one, true));
  }
}
