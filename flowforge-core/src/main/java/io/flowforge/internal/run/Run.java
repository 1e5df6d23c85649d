package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.LogLevel;
import io.flowforge.execution.Secret;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.blob.Outputs;
import io.flowforge.internal.plan.Plan;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.ReceivedMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution: a state machine driven by one thread at a time.
 *
 * <p>The mailbox is {@link Driven}, the steps of a turn are {@link ScopeDriver}, what callers see
 * is {@link RunHandle}. How nodes run stands in {@link Attempts}, how the run ends in {@link
 * Ending}, what it writes to a store in {@link Journal}, how it leaves memory in {@link
 * Passivation}. What is public here is for the engine, which may call it on any thread unless said
 * otherwise.
 */
public final class Run extends RunHandle implements ScopeOwner {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  final Start start;
  final Map<String, Object> inputs;
  final @Nullable Object event;
  final @Nullable ExecutionError startError;
  final Attempts attempts;
  final Ending ending;
  final Emitter emitter;

  /** Its places; null when their number is not limited. */
  final @Nullable Places places;

  /** What it writes to the store; null without one. */
  final @Nullable Journal journal;

  /** How it leaves this process; null without a store. */
  private final @Nullable Passivation passivation;

  /** What its nodes log, as far as that is kept; null when it is not. */
  final @Nullable RunLog log;

  /** Whether plain nodes may go the short way. */
  final boolean shortWay;

  /** Its state is being made anew from what an earlier life wrote. */
  boolean replaying;

  /** It only shows the state of an execution that is not this process's. */
  private boolean shownOnly;

  volatile Map<String, Object> vars = PlainMap.of();

  /** Calls under way off the driving thread. */
  int calls;

  private final Scope root;

  /** Its turn has come. */
  private boolean begun;

  /** When this process took it up from a store; 0 when it began here. */
  private long revivedMicros;

  /** A flow that it starts and nobody here knows: it is parked once nothing else goes on. */
  private @Nullable String lackedFlow;

  /** What all outputs so far come to. */
  private long inlineBytes;

  private @Nullable Signals signals;

  /** Conditional edges of the node that is being replayed which were not taken. */
  private List<?> replayedDead = List.of();

  private @Nullable VariableEdits edits;
  private @Nullable ChildIds childIds;

  public Run(Host host, Plan plan, String id, long startedMicros, Start start) {
    this(host, plan, id, startedMicros, start, null);
  }

  /** A run that writes to a store. */
  public Run(
      Host host,
      Plan plan,
      String id,
      long startedMicros,
      Start start,
      @Nullable Ownership ownership) {
    super(host, plan, id, startedMicros);
    this.start = start;
    this.inputs = start.inputs();
    this.event = start.event();
    this.startError = start.error();
    this.attempts = new Attempts(this);
    this.ending = new Ending(this);
    this.emitter = new Emitter(this);
    int most = plan.flow.settings().maxParallelism();
    this.places = most > 0 ? new Places(this, most) : null;
    this.journal = ownership == null ? null : new Journal(this, ownership);
    this.passivation = journal == null ? null : new Passivation(this);
    this.log = journal == null || host.logLevel() == LogLevel.OFF ? null : new RunLog();
    this.shortWay = places == null && journal == null;
    this.root = new Scope(this, plan, null, this, -1, null);
  }

  // ---- driving

  /** Begins; called once, by the thread that made it. */
  public void begin() {
    startDriving();
    if (!ending.isDecided()) {
      open();
    }
    drive();
  }

  /** Instead of {@link #begin}: stays as it is until its turn comes, but hears requests. */
  public void awaitTurn() {
    startDriving();
    drive();
  }

  /** The turn of a run that waited for it has come; it begins on an engine thread. */
  public void takeItsTurn() {
    host.dispatch(
        () ->
            visit(
                () -> {
                  if (!ending.isDecided()) {
                    open();
                  }
                }));
  }

  private void open() {
    begun = true;
    status = ExecutionStatus.RUNNING;
    listening = host.listening();
    if (listening) {
      emitter.begun();
    }
    ending.limitTime(lastMicros);
    try {
      if (plan.variables != null) {
        vars = Inbox.mapOf(Objects.requireNonNull(plan.variables.resolve(new Env(root, -1))));
      }
      if (journal != null) {
        journal.opened(vars);
      }
      list(root);
    } catch (RuntimeException broken) {
      ending.fail(errorOf(broken));
      root.stop();
    }
  }

  /** Ends a run that was refused its turn. */
  public void endUnstarted(ExecutionStatus as, ExecutionError reason) {
    startDriving();
    listening = host.listening();
    ending.decideUnstarted(as, reason);
    root.stop();
    drive();
  }

  /** The public form of a failure of no node. */
  public ExecutionError errorOf(RuntimeException broken) {
    return errorOf(broken, null);
  }

  /** The public form of a failure at an address. */
  ExecutionError errorOf(Throwable thrown, @Nullable String path) {
    return host.redacted(Failures.describe(thrown, path));
  }

  static long micros(Duration duration) {
    long seconds = Math.min(duration.getSeconds(), Long.MAX_VALUE / 4_000_000L);
    return seconds * 1_000_000L + duration.getNano() / 1000;
  }

  @Override
  void endTurn() {
    if (journal != null) {
      journal.flush();
    }
  }

  @Override
  boolean isDeaf() {
    return passivation != null && passivation.isOver();
  }

  @Override
  boolean answersAnyThread() {
    return shownOnly;
  }

  /** A fault of the engine itself: the execution fails, others are not touched. */
  @Override
  void broken(Throwable bug) {
    LOG.error("execution {} met an internal error", id(), bug);
    if (!status.isFinal()) {
      ending.fail(
          ExecutionError.of(
              "FF-INTERNAL", "internal error: " + bug.getClass().getSimpleName(), null));
      root.stop();
    }
  }

  @Override
  void rest() {
    ExecutionStatus before = status;
    if (!before.isFinal() && begun) {
      ExecutionStatus now = restingStatus();
      if (now != before) {
        move(now);
      }
    }
    if (journal != null) {
      journal.flush();
    }
  }

  private ExecutionStatus restingStatus() {
    if (isPaused()) {
      return ExecutionStatus.PAUSED;
    }
    if (undoing() != null) {
      return ExecutionStatus.COMPENSATING;
    }
    boolean busy = calls > 0 || journal != null && journal.isBusy();
    return busy ? ExecutionStatus.RUNNING : ExecutionStatus.WAITING;
  }

  /** Takes another status, and says so unless it is final. */
  void move(ExecutionStatus next) {
    seq++;
    status = next;
    if (listening && !next.isFinal()) {
      emitter.moved(next);
    }
  }

  @Override
  boolean pause(boolean wanted) {
    if (status.isFinal() || ending.isDecided() || isPaused() == wanted) {
      return wanted && !status.isFinal() && isPaused();
    }
    if (journal != null) {
      journal.paused(wanted);
    }
    if (wanted) {
      paused(true);
    } else {
      goOn();
    }
    return true;
  }

  private void goOn() {
    if (passivation != null) {
      passivation.askedFor(false);
    }
    move(ExecutionStatus.RUNNING);
    paused(false);
    if (places != null) {
      places.letIn();
    }
    deliverHeld();
  }

  // ---- values

  /** The plain value of an output; a reference to it when it is too large. */
  @Nullable Object normalise(@Nullable Object value) {
    Outputs outputs = host.outputs();
    long size = Values.plainSize(value);
    Object plain = value;
    if (size < 0 || size > outputs.inline()) {
      plain = outputs.plain(value);
      size = Values.size(plain);
    }
    if (journal != null && inlineBytes + size > outputs.total()) {
      plain = outputs.spilled(plain, size);
      size = Values.size(plain);
    }
    inlineBytes += size;
    return plain;
  }

  /** An output that was written by an earlier life of the run. */
  void replayOutput(@Nullable Object plain) {
    inlineBytes += Values.size(plain);
  }

  Map<String, Secret> credentials() {
    return host.credentials(start.tenant());
  }

  @Override
  public @Nullable Object entryInput(Scope scope) {
    return event;
  }

  @Override
  public void over(Scope scope) {
    ending.over(scope);
  }

  /** A node sets a variable. */
  void variable(String path, String name, @Nullable Object value) {
    assign(name, value);
    if (journal != null && !replaying) {
      journal.variable(path, name, value);
    }
  }

  /** Gives a variable a value in a new map, as other threads read the old one. */
  void assign(String name, @Nullable Object value) {
    Map<String, Object> next = new LinkedHashMap<>(vars);
    next.put(name, value);
    vars = PlainMap.copyOf(next);
  }

  /** What operators have set. */
  VariableEdits edits() {
    if (edits == null) {
      edits = new VariableEdits();
    }
    return edits;
  }

  @Override
  Signals signals() {
    if (signals == null) {
      signals = new Signals(this);
    }
    return signals;
  }

  /** The id of the execution that a sub-flow node starts. */
  String childId(String path) {
    if (childIds == null) {
      childIds = new ChildIds(id());
    }
    return childIds.next(path);
  }

  @Override
  Scope root() {
    return root;
  }

  @Override
  Ending ending() {
    return ending;
  }

  @Nullable Undoing undoing() {
    return ending.undoing();
  }

  // ---- for the engine

  public Start start() {
    return start;
  }

  public long startedMicros() {
    return startedMicros;
  }

  public long finishedMicros() {
    return ending.finishedMicros();
  }

  /** When this process took it up from a store, in microseconds; 0 when it began here. */
  public long revivedMicros() {
    return revivedMicros;
  }

  /** Whether it had begun when the journal was written. */
  public boolean hasBegun() {
    return begun;
  }

  /** The key its executions are limited under. */
  public String concurrencyKey() {
    return ConcurrencyKey.of(this);
  }

  /** Addresses of the actions that run right now, as far as another thread can see. */
  public List<String> busyCalls() {
    return status.isFinal() ? List.of() : Activity.callsOf(root);
  }

  /** When a timer will move it on by itself; 0 is never. */
  long wakeMicros() {
    long wake = Activity.of(root).wakeMicros();
    long end = ending.dueMicros();
    return wake == 0 || end == 0 ? Math.max(wake, end) : Math.min(wake, end);
  }

  /** When the first of its timers is due; 0 when it has none. Before it goes on only. */
  public long timerMicros() {
    return wakeMicros();
  }

  /** Refuses an answer that does not fit, or that nothing waits for. */
  public void checkAnswer(String node, @Nullable Object answer) {
    ask(
        () -> {
          AnswerWork.find(root, node).check(answer);
          return true;
        });
  }

  /** That no answer is expected. */
  public FlowForgeException unexpectedAnswer(String node) {
    return AnswerWork.unexpected(this, node);
  }

  /** The events that it waits for. */
  public List<EventWait> eventWaits() {
    return EventWork.waitsOf(this);
  }

  /** Says of an execution that is only shown when it will be taken; 0 when that is not known. */
  public void showWake(long micros) {
    ending.showDue(micros);
  }

  // ---- with a store

  private Journal requiredJournal() {
    return Objects.requireNonNull(journal);
  }

  private Passivation requiredPassivation() {
    return Objects.requireNonNull(passivation);
  }

  /** What became of the page that creates it; completes at once without a store. */
  public CompletionStage<Commit.Result> accepted() {
    return journal == null
        ? CompletableFuture.completedFuture(Commit.Result.APPLIED)
        : journal.accepted();
  }

  /** Brings messages from the store. */
  public void bring(List<ReceivedMessage> letters) {
    visit(() -> letters.forEach(this::hear));
  }

  /** Deals with a message, unless that has been done. */
  void hear(ReceivedMessage letter) {
    if (journal != null && !journal.isRead(letter.number()) && !status.isFinal()) {
      journal.read(letter.number());
      Inbox.deliver(this, letter.message());
    }
  }

  /** Somebody else wants it: it is given back once it is paused or only waits. */
  void releaseHeard() {
    requiredPassivation().askedFor(true);
  }

  /** Lines of its log that the store may not have yet. */
  public List<Map<String, Object>> unwrittenLog() {
    return log == null ? List.of() : log.unwritten();
  }

  /**
   * A flow that it starts is not known here, and will not be: it is parked.
   *
   * @param flowId null when it does without
   */
  void lackFlow(@Nullable String flowId) {
    lackedFlow = flowId;
  }

  /** The id of that flow; null when it lacks none. */
  @Nullable String lackedFlow() {
    return lackedFlow;
  }

  /** How often its ownership has changed; 0 without a store. */
  public long epoch() {
    return journal == null ? 0 : journal.epoch();
  }

  /** The worker that drives it. */
  public String worker() {
    return requiredJournal().worker();
  }

  /** Creates another execution together with the next page, and begins it when that is written. */
  public void addChild(NewExecution child, Runnable begin) {
    Journal own = requiredJournal();
    own.child(child);
    own.afterWriting(begin);
  }

  /** Sends a message together with the next page. */
  public void addMessage(String receiver, Message message) {
    requiredJournal().message(new OutgoingMessage(receiver, message));
  }

  /** The lease is renewed: effects that waited for that may begin. */
  public void nudge() {
    visit(requiredJournal()::runReady);
  }

  /** Gives it up from outside, as when the lease has ended. */
  public void giveUp() {
    visit(this::lose);
  }

  /** It rests, and is no longer this process's. */
  void leave() {
    requiredPassivation().leave();
  }

  /** Another owns it now; what it does here is for nothing. */
  void lose() {
    requiredPassivation().lose();
  }

  boolean isLost() {
    return isDeaf();
  }

  /** Whether it only waits, and for so long that it need not be in memory. */
  boolean mayBeLeft() {
    return requiredPassivation().mayLeave();
  }

  /** The end is written. */
  void endWritten() {
    ending.conclude();
  }

  /** How it ends; only when that is decided. */
  ExecutionStatus decided() {
    return ending.decided();
  }

  Map<String, Object> endOutputs() {
    return ending.outputs();
  }

  /** Says of an iteration or a compensation that it is over. */
  void recordOver(Scope scope, @Nullable Object result) {
    if (journal != null && !replaying) {
      journal.scopeOver(scope, result);
    }
  }

  // ---- replaying

  /** Makes its state anew from its journal; call before anything else. */
  public void replay(List<String> pages, ExecutionStatus last) {
    startDriving();
    Replay.apply(this, pages);
    if (!status.isFinal()) {
      // It is looked into whether it still waits; until then it counts as on the move.
      boolean looks = journal != null && last == ExecutionStatus.WAITING;
      status = looks ? ExecutionStatus.RUNNING : last;
    }
    if (journal == null) {
      shownOnly = true;
    } else {
      journal.isWritten(last);
    }
    stopDriving();
  }

  /** Goes on from where the journal ends, and hears what came meanwhile. */
  public void goOnReplayed(List<ReceivedMessage> unread) {
    startDriving();
    beginTurn();
    revivedMicros = lastMicros;
    Replay.goOn(this);
    deliver(
        new Mail() {
          @Override
          void deliver() {
            unread.forEach(Run.this::hear);
          }
        });
    drive();
  }

  void replayOpened(Map<String, Object> values) {
    begun = true;
    status = ExecutionStatus.RUNNING;
    vars = values;
    list(root);
  }

  boolean replayedDead(int edge) {
    return replayedDead.contains(edge);
  }

  void replayedDead(List<?> edges) {
    replayedDead = edges;
  }

  @Override
  public String toString() {
    return plan.flow.id() + "/" + id() + " " + status;
  }
}
