package io.flowforge.internal.run;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Explanation;
import io.flowforge.execution.LogLevel;
import io.flowforge.execution.Secret;
import io.flowforge.execution.Timestamps;
import io.flowforge.flow.Flow;
import io.flowforge.internal.binding.PlainKeys;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.blob.Outputs;
import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.expression.Variables;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.spi.TimeSource.Timer;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.ReceivedMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One execution: a state machine driven by one thread at a time. */
public final class Run extends Driven implements Execution, ExecutionResult, ScopeOwner {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final VarHandle FUTURE;

  /** Of a queue's name, the flow's id included. */
  private static final int LONGEST_KEY = 255;

  private static final VarHandle DECISION;
  private static final PlainKeys EXECUTION_KEYS = PlainKeys.of("id", "startedAt", "tenant");
  private static final PlainKeys FLOW_KEYS = PlainKeys.of("id", "name", "version");

  /** Quick nodes that share one reading of the clock. */
  private static final int SHARED_READINGS = 4;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      FUTURE = lookup.findVarHandle(Run.class, "future", CompletableFuture.class);
      DECISION = lookup.findVarHandle(Run.class, "decision", ExecutionStatus.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  final Host host;
  final Plan plan;
  final Start start;
  final Map<String, Object> inputs;
  final @Nullable Object event;
  final @Nullable ExecutionError startError;
  final Attempts attempts;
  final Emitter emitter;

  /** Its places; null when their number is not limited. */
  final @Nullable Places places;

  /** What it writes to the store; null without one. */
  final @Nullable Journal journal;

  /** What its nodes log, as far as that is kept; null when it is not. */
  final @Nullable RunLog log;

  /** Whether plain nodes may go the short way. */
  final boolean shortWay;

  /** Its state is being made anew from what an earlier life wrote. */
  boolean replaying;

  /** It only shows the state of an execution that is not this process's. */
  private boolean shownOnly;

  /** When that execution may be taken by a worker; 0 when no such time is known. */
  private long shownWakeMicros;

  volatile Map<String, Object> vars = PlainMap.of();
  long lastMicros;
  long seq;
  boolean listening;

  /** Calls under way off the driving thread. */
  int calls;

  private final String id;
  private final long startedMicros;
  private final Scope root;

  @SuppressWarnings("unused")
  private volatile @Nullable CompletableFuture<ExecutionResult> future;

  /** How it will end, once that is certain. */
  private volatile @Nullable ExecutionStatus decision;

  private volatile ExecutionStatus status = ExecutionStatus.PENDING;
  private int unread;
  private boolean precise;

  /** Its turn has come. */
  private boolean begun;

  private boolean paused;

  /** See {@link #releaseHeard()}. */
  private boolean askedFor;

  private @Nullable Scope next;
  private @Nullable ArrayDeque<Scope> more;

  /** Completed nodes that a failure undoes, the last on top. */
  private @Nullable ArrayDeque<Undoing.Done> undo;

  /** What all outputs so far come to. */
  private long inlineBytes;

  private @Nullable ArrayDeque<Mail> delayed;
  private @Nullable Undoing undoing;

  /** Nothing runs any more, and only the reason of a cancellation is missing. */
  private boolean ready;

  private @Nullable Timer timer;
  private long timerDueMicros;
  private @Nullable Signals signals;
  private long finishedMicros;
  private @Nullable ExecutionError error;
  private Map<String, Object> outputs = PlainMap.of();

  /** Another drives it now, or nobody; nothing that comes is for this object. */
  private volatile boolean lost;

  /** Conditional edges of the node that is being replayed which were not taken. */
  private java.util.List<?> replayedDead = java.util.List.of();

  /** See {@link #edits()}; null while there are none. */
  private @Nullable Map<String, Long> edits;

  /** Ids of sub-flow executions, so that none is used twice. */
  private @Nullable Set<String> childIds;

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
    this.host = host;
    this.plan = plan;
    this.id = id;
    this.start = start;
    this.startedMicros = startedMicros;
    this.lastMicros = startedMicros;
    this.inputs = start.inputs();
    this.event = start.event();
    this.startError = start.error();
    this.attempts = new Attempts(this);
    this.emitter = new Emitter(this);
    int most = plan.flow.settings().maxParallelism();
    this.places = most > 0 ? new Places(this, most) : null;
    this.journal = ownership == null ? null : new Journal(this, ownership);
    this.log = journal == null || host.logLevel() == LogLevel.OFF ? null : new RunLog();
    this.shortWay = places == null && journal == null;
    this.root = new Scope(this, plan, null, this, -1, null);
  }

  // ---- driving

  /** Begins; called once, by the thread that made it. */
  public void begin() {
    startDriving();
    if (decision == null) {
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
            post(
                new Mail() {
                  @Override
                  void deliver() {
                    if (decision == null) {
                      open();
                    }
                  }
                }));
  }

  @SuppressWarnings("unchecked")
  private void open() {
    begun = true;
    status = ExecutionStatus.RUNNING;
    listening = host.listening();
    if (listening) {
      emitter.begun();
    }
    Duration timeout = plan.flow.settings().timeout();
    if (timeout != null) {
      long due = lastMicros + micros(timeout);
      timer = host.time().schedule(due, () -> post(new TimedOut()));
      timerDueMicros = due;
    }
    try {
      if (plan.variables != null) {
        vars = variables(plan.variables.resolve(new Env(root, -1)));
      }
      if (journal != null) {
        journal.opened(vars);
      }
      list(root);
    } catch (RuntimeException broken) {
      decideFailure(errorOf(broken));
      root.stop();
    }
  }

  /** Ends a run that was refused its turn. */
  public void endUnstarted(ExecutionStatus as, ExecutionError reason) {
    startDriving();
    listening = host.listening();
    if (DECISION.compareAndSet(this, null, as)) {
      error = reason;
    }
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

  @SuppressWarnings("unchecked")
  private static Map<String, Object> variables(@Nullable Object resolved) {
    return (Map<String, Object>) Objects.requireNonNull(resolved);
  }

  static long micros(Duration duration) {
    long seconds = Math.min(duration.getSeconds(), Long.MAX_VALUE / 4_000_000L);
    return seconds * 1_000_000L + duration.getNano() / 1000;
  }

  @Override
  void beginTurn() {
    lastMicros = host.time().epochMicros();
    listening = host.listening();
  }

  @Override
  void work() {
    while (!paused && hasTurn() && !lost) {
      Scope scope = nextScope();
      if (scope == null) {
        return;
      }
      try {
        scope.advance();
      } catch (Throwable bug) {
        broken(bug);
      }
      if (scope.hasWork()) {
        list(scope);
      }
    }
  }

  @Override
  void endTurn() {
    if (journal != null) {
      journal.flush();
    }
  }

  @Override
  boolean isDeaf() {
    return lost;
  }

  @Override
  boolean answersAnyThread() {
    return shownOnly;
  }

  @Override
  void dispatch(Runnable step) {
    host.dispatch(step);
  }

  /** A fault of the engine itself: the execution fails, others are not touched. */
  @Override
  void broken(Throwable bug) {
    LOG.error("execution {} met an internal error", id, bug);
    if (!status.isFinal()) {
      decideFailure(
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
    if (paused) {
      return ExecutionStatus.PAUSED;
    }
    if (undoing != null) {
      return ExecutionStatus.COMPENSATING;
    }
    boolean busy = calls > 0 || journal != null && journal.isBusy();
    return busy ? ExecutionStatus.RUNNING : ExecutionStatus.WAITING;
  }

  private void move(ExecutionStatus next) {
    status = next;
    seq++;
    if (listening && !next.isFinal()) {
      emitter.moved(next);
    }
  }

  /** Whether the next ready node may start in this turn. */
  boolean mayGoOn() {
    return !paused && takeStep();
  }

  @Override
  boolean hasWork() {
    return next != null || more != null && !more.isEmpty();
  }

  private @Nullable Scope nextScope() {
    Scope scope = next;
    if (scope != null) {
      next = more == null ? null : more.poll();
      scope.listed = false;
    }
    return scope;
  }

  /** Puts a scope on the list of those that may have work. */
  void list(Scope scope) {
    if (scope.listed) {
      return;
    }
    scope.listed = true;
    if (next == null) {
      next = scope;
    } else {
      if (more == null) {
        more = new ArrayDeque<>();
      }
      more.add(scope);
    }
  }

  /**
   * The end of a node that ran in this turn.
   *
   * <p>Times have microseconds, and reading the clock costs more than most plain nodes do. So nodes
   * that have always been measured to take less than a microsecond share one reading among a few; a
   * reading that shows one of them to be slower after all ends that for the rest of the run.
   */
  long clockAfter(PlanNode node) {
    if (node.isQuick() && !precise && ++unread < SHARED_READINGS) {
      return lastMicros;
    }
    long before = lastMicros;
    long now = readClock();
    if (unread <= 1) {
      node.measured(now - before);
    } else if (now - before > SHARED_READINGS) {
      precise = true;
    }
    unread = 0;
    return now;
  }

  long readClock() {
    lastMicros = host.time().epochMicros();
    return lastMicros;
  }

  // ---- pausing

  boolean isPaused() {
    return paused;
  }

  /** News that starts something; it waits until the run goes on. */
  void holdUntilResumed(Mail letter) {
    if (delayed == null) {
      delayed = new ArrayDeque<>();
    }
    delayed.add(letter);
  }

  private void goOn() {
    paused = false;
    if (places != null) {
      places.letIn();
    }
    ArrayDeque<Mail> letters = delayed;
    delayed = null;
    if (letters != null) {
      letters.forEach(this::deliver);
    }
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

  boolean condition(Condition condition, Variables variables) {
    return condition.test(variables);
  }

  Map<String, Secret> credentials() {
    return host.credentials(start.tenant());
  }

  Object executionValue() {
    return PlainMap.of(EXECUTION_KEYS, id, Timestamps.text(startedMicros), start.tenant());
  }

  Object flowValue() {
    return PlainMap.of(
        FLOW_KEYS, plan.flow.id(), plan.flow.name().orElse(null), plan.flow.contentHash());
  }

  @Override
  public @Nullable Object entryInput(Scope scope) {
    return event;
  }

  void variable(String path, String name, @Nullable Object value) {
    Map<String, Object> next = new java.util.LinkedHashMap<>(vars);
    next.put(name, value);
    vars = PlainMap.copyOf(next);
    if (journal != null && !replaying) {
      journal.variable(path, name, value);
    }
  }

  /** The key its executions are limited under. */
  public String concurrencyKey() {
    String own =
        plan.concurrencyKey == null
            ? ""
            : String.valueOf(plan.concurrencyKey.resolve(new Env(root, -1)));
    String key = start.scoped(plan.flow.id() + "/" + own);
    if (key.length() > LONGEST_KEY) {
      throw new FlowForgeException(
          "FF-QUEUE-KEY",
          "settings.concurrency.key of flow "
              + plan.flow.id()
              + " must give a text of at most "
              + (LONGEST_KEY - plan.flow.id().length() - 1)
              + " characters, gave "
              + own.length()
              + "; take a shorter one, such as an id");
    }
    return key;
  }

  /** Addresses of the actions that run right now, as far as another thread can see. */
  public java.util.List<String> busyCalls() {
    return status.isFinal() ? java.util.List.of() : Activity.callsOf(root);
  }

  /** When a timer will move it on by itself; 0 is never. */
  long wakeMicros() {
    long wake = Activity.of(root).wakeMicros();
    long end = timer == null ? shownWakeMicros : timerDueMicros;
    return wake == 0 || end == 0 ? Math.max(wake, end) : Math.min(wake, end);
  }

  /** When the first of its timers is due; 0 when it has none. Before it goes on only. */
  public long timerMicros() {
    return wakeMicros();
  }

  Signals signals() {
    if (signals == null) {
      signals = new Signals();
    }
    return signals;
  }

  // ---- ending

  /** A node's failure that nobody handles, at the top level, or a broken edge. */
  void decideFailure(ExecutionError failure) {
    if (DECISION.compareAndSet(this, null, ExecutionStatus.FAILED)) {
      error = failure;
      paused = false;
      if (replaying) {
        return;
      }
      if (journal != null) {
        journal.decided(ExecutionStatus.FAILED, failure);
      }
      awaitStop();
    }
  }

  /** From now on stopped nodes have so long to return. */
  private void awaitStop() {
    timer = NodeState.cancel(timer);
    if (root.busy > 0) {
      timerDueMicros = lastMicros + host.cancelGraceMicros();
      timer = host.time().schedule(timerDueMicros, () -> post(new Grace()));
    }
  }

  @Override
  public void over(Scope scope) {
    if (decision == null) {
      if (scope.failure != null) {
        decideFailure(scope.failure);
      } else {
        try {
          outputs = Outcome.outputs(scope);
          DECISION.compareAndSet(this, null, ExecutionStatus.COMPLETED);
        } catch (RuntimeException broken) {
          decideFailure(errorOf(broken, null));
        }
      }
    }
    timer = NodeState.cancel(timer);
    if (decision == ExecutionStatus.CANCELLED && error == null) {
      // The request that decided so is on its way with its reason; it goes on from here.
      ready = true;
      return;
    }
    wind();
  }

  /** Nothing runs any more and the outcome is decided: undoes, then ends. */
  private void wind() {
    if (decision != ExecutionStatus.COMPLETED && undo != null) {
      if (journal != null && !replaying) {
        journal.undoing();
      }
      undoing = new Undoing(this, takeUndo());
      move(ExecutionStatus.COMPENSATING);
      undoing.next();
    } else {
      end();
    }
  }

  /** A completed node names a compensation. */
  void toUndo(Scope scope, int n) {
    undo = undo == null ? new ArrayDeque<>() : undo;
    undo.push(new Undoing.Done(scope, n));
  }

  private ArrayDeque<Undoing.Done> takeUndo() {
    ArrayDeque<Undoing.Done> taken = undo == null ? new ArrayDeque<>() : undo;
    undo = null;
    return taken;
  }

  void end() {
    ExecutionStatus last = decision;
    if (last == null || status.isFinal()) {
      return;
    }
    undoing = null;
    if (last != ExecutionStatus.COMPLETED) {
      outputs = PlainMap.of();
    }
    finishedMicros = readClock();
    if (journal == null) {
      conclude(last);
    } else {
      journal.end();
    }
  }

  private void conclude(ExecutionStatus last) {
    seq++;
    status = last;
    if (listening) {
      emitter.ended(last);
    }
    String errorFlow = errorFlow();
    if (journal == null && errorFlow != null && error != null) {
      host.startErrorFlow(this, errorFlow, error);
    }
    CompletableFuture<ExecutionResult> waiting =
        (CompletableFuture<ExecutionResult>) FUTURE.getVolatile(this);
    host.ended(this);
    if (journal == null && start.parent() != null && start.parent().awaited()) {
      start.parent().listener().ended(this);
    }
    if (waiting != null) {
      waiting.complete(this);
    }
  }

  /** The flow to start because this one failed; null when none is named or it did not fail. */
  @Nullable String errorFlow() {
    return decision == ExecutionStatus.FAILED ? plan.flow.settings().errorFlow() : null;
  }

  /** The flow's time-out. */
  private final class TimedOut extends Mail {
    @Override
    void deliver() {
      if (decision == null) {
        String limit = String.valueOf(plan.flow.settings().timeout());
        decideFailure(
            ExecutionError.of(
                "FF-TIMEOUT", "the execution took longer than settings.timeout " + limit, null));
        root.stop();
      }
    }
  }

  /** Stopped nodes that have not returned are left behind. */
  private final class Grace extends Mail {
    @Override
    void deliver() {
      if (!status.isFinal() && undoing == null) {
        root.abandon();
        list(root);
      }
    }
  }

  // ---- the handle

  @Override
  public String id() {
    return id;
  }

  @Override
  public String executionId() {
    return id;
  }

  @Override
  public Flow flow() {
    return plan.flow;
  }

  @Override
  public boolean created() {
    return true;
  }

  @Override
  public ExecutionStatus status() {
    return status;
  }

  public Start start() {
    return start;
  }

  public long startedMicros() {
    return startedMicros;
  }

  public long finishedMicros() {
    return finishedMicros;
  }

  @Override
  public CompletionStage<ExecutionResult> result() {
    return ending().minimalCompletionStage();
  }

  private CompletableFuture<ExecutionResult> ending() {
    CompletableFuture<ExecutionResult> waiting = future;
    if (waiting == null) {
      CompletableFuture<ExecutionResult> fresh = new CompletableFuture<>();
      waiting =
          FUTURE.compareAndSet(this, null, fresh)
              ? fresh
              : (CompletableFuture<ExecutionResult>) FUTURE.getVolatile(this);
      if (status.isFinal()) {
        waiting.complete(this);
      }
    }
    return waiting;
  }

  @Override
  public ExecutionResult await(Duration timeout) {
    if (status.isFinal()) {
      return this;
    }
    if (isDriving()) {
      throw new FlowForgeException(
          "FF-AWAIT-SELF", "a node of execution " + id + " must not wait for its own execution");
    }
    try {
      return ending().get(micros(timeout), TimeUnit.MICROSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FlowForgeException(
          "FF-INTERRUPTED", "interrupted while waiting for execution " + id, Map.of(), true, null);
    } catch (TimeoutException late) {
      throw new FlowForgeException(
          "FF-AWAIT-TIMEOUT",
          "execution " + id + " has not ended within " + timeout + "; it goes on, await it again",
          Map.of("status", status.name()),
          true,
          null);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public boolean cancel(String reason) {
    if (!DECISION.compareAndSet(this, null, ExecutionStatus.CANCELLED)) {
      return false;
    }
    post(
        new Mail() {
          @Override
          void deliver() {
            stopCancelled(reason);
          }
        });
    return true;
  }

  private void stopCancelled(String reason) {
    error = ExecutionError.of("FF-CANCELLED", "cancelled: " + reason, null);
    if (journal != null) {
      journal.decided(ExecutionStatus.CANCELLED, error);
    }
    paused = false;
    root.stop();
    if (ready) {
      wind();
    } else {
      awaitStop();
    }
  }

  @Override
  public boolean pause() {
    return !status.isFinal() && ask(() -> setPaused(true));
  }

  @Override
  public boolean resume() {
    return !status.isFinal() && ask(() -> setPaused(false));
  }

  private boolean setPaused(boolean wanted) {
    if (status.isFinal() || decision != null || paused == wanted) {
      return wanted && !status.isFinal() && paused;
    }
    if (journal != null) {
      journal.paused(wanted);
    }
    if (wanted) {
      paused = true;
    } else {
      askedFor = false;
      move(ExecutionStatus.RUNNING);
      goOn();
    }
    return true;
  }

  @Override
  public void answer(String node, @Nullable Object answer) {
    Object plain = Values.normalise(answer);
    ask(() -> Addressee.find(root, node).answer(plain));
  }

  @Override
  public void signal(String name, @Nullable Object payload) {
    signalOnce(name, Values.normalise(payload), null);
  }

  @Override
  public boolean signal(String name, @Nullable Object payload, String messageId) {
    return signalOnce(name, Values.normalise(payload), MessageIds.check(messageId));
  }

  private boolean signalOnce(String name, @Nullable Object plain, @Nullable String messageId) {
    return ask(
        () -> {
          if (messageId != null && signals().isKnown(messageId)) {
            return false;
          }
          if (decision != null) {
            throw new FlowForgeException(
                "FF-SIGNAL-FINAL",
                "execution " + id + " has ended or is ending and takes no signal \"" + name + "\"");
          }
          if (messageId != null) {
            signals().know(messageId);
          }
          signals().deliver(name, plain);
          return true;
        });
  }

  @Override
  public ExecutionSnapshot snapshot() {
    return ask(() -> Snapshots.of(this, root));
  }

  @Override
  public Explanation explain(String node) {
    return ask(() -> Explainer.explain(root, node));
  }

  @Override
  public EventStream events() {
    return host.eventsOf(id);
  }

  // ---- with a store

  /** What became of the page that creates it; completes at once without a store. */
  public CompletionStage<Commit.Result> accepted() {
    return journal == null
        ? CompletableFuture.completedFuture(Commit.Result.APPLIED)
        : journal.accepted();
  }

  /** Brings messages from the store. */
  public void bring(java.util.List<ReceivedMessage> letters) {
    post(heard(letters));
  }

  private Mail heard(java.util.List<ReceivedMessage> letters) {
    return new Mail() {
      @Override
      void deliver() {
        letters.forEach(Run.this::hear);
      }
    };
  }

  /** Deals with a message, unless that has been done. */
  void hear(ReceivedMessage letter) {
    if (journal != null && !journal.isRead(letter.number()) && !status.isFinal()) {
      journal.read(letter.number());
      Inbox.deliver(this, letter.message());
    }
  }

  /** A cancellation that is in the store; the end of the run is not. */
  void cancelHeard(String reason) {
    if (DECISION.compareAndSet(this, null, ExecutionStatus.CANCELLED)) {
      stopCancelled(reason);
    } else if (journal != null && journal.isEnding() && decision == ExecutionStatus.COMPLETED) {
      // Its end was not written before the cancellation was: the cancellation has won.
      decision = ExecutionStatus.CANCELLED;
      journal.endNot();
      ready = true;
      stopCancelled(reason);
    }
  }

  void signalHeard(String name, @Nullable Object payload) {
    if (decision == null && journal != null) {
      journal.signal(name, payload);
      signals().deliver(name, payload);
    }
  }

  /** Somebody else wants it: it is given back once it is paused or only waits. */
  void releaseHeard() {
    askedFor = true;
  }

  /** New values of variables from an operator; they count only while nothing moves on. */
  void variablesHeard(Map<String, Object> values) {
    if (!paused || decision != null || journal == null) {
      host.complain("new variables for " + id + " came when it was not paused any more", null);
      return;
    }
    Journal own = journal;
    values.forEach(
        (name, value) -> {
          Map<String, Object> next = new java.util.LinkedHashMap<>(vars);
          next.put(name, value);
          vars = PlainMap.copyOf(next);
          own.edited(name, value);
          edits().put(name, lastMicros);
        });
    seq++;
    emitter.edited(values);
  }

  /** When operators set variables last, by their names. */
  Map<String, Long> edits() {
    if (edits == null) {
      edits = new TreeMap<>();
    }
    return edits;
  }

  /** The events that it waits for. */
  public java.util.List<EventWait> eventWaits() {
    java.util.List<EventWait> waits = new java.util.ArrayList<>();
    for (Scope scope : Scopes.live(this)) {
      for (int n = 0; n < scope.plan.nodes.length; n++) {
        NodeState state = scope.stateOrNull(n);
        if (state != null && state.work instanceof EventWork work && !scope.status(n).isFinal()) {
          waits.add(work.awaited());
        }
      }
    }
    return waits;
  }

  /** Lines of its log that the store may not have yet. */
  public java.util.List<Map<String, Object>> unwrittenLog() {
    return log == null ? java.util.List.of() : log.unwritten();
  }

  void pauseHeard(boolean wanted) {
    setPaused(wanted);
  }

  /** The end is written. */
  void endWritten() {
    conclude(decided());
  }

  /** It rests, and is no longer this process's. */
  void leave() {
    lost = true;
    closeLog();
    Halting.cancelTimers(this);
    host.left(this);
  }

  /** Another owns it now; what it does here is for nothing. */
  void lose() {
    if (!lost) {
      lost = true;
      closeLog();
      Halting.interrupt(this);
      host.left(this);
    }
  }

  private void closeLog() {
    if (log != null) {
      log.close();
    }
  }

  /** Gives it up from outside, as when the lease has ended. */
  public void giveUp() {
    post(
        new Mail() {
          @Override
          void deliver() {
            lose();
          }
        });
  }

  boolean isLost() {
    return lost;
  }

  /** Whether it only waits, and for so long that it need not be in memory. */
  boolean mayBeLeft() {
    if (askedFor && begun && !lost && calls == 0 && decision == null) {
      // All that a paused run holds back is made anew from its journal.
      return paused || placesAreFree() && !hasWork() && Activity.of(root).onlyWaits();
    }
    if (!begun || lost || calls > 0 || !placesAreFree() || hasWork() || delayed != null) {
      return false;
    }
    long wake = wakeMicros();
    return (wake == 0 || wake - lastMicros > host.leaveAfterMicros())
        && Activity.of(root).onlyWaits();
  }

  private boolean placesAreFree() {
    return places == null || places.areFree();
  }

  /** Says of an iteration or a compensation that it is over. */
  void recordOver(Scope scope, @Nullable Object result) {
    if (journal != null && !replaying) {
      journal.scopeOver(scope, result);
    }
  }

  boolean replayedDead(int edge) {
    return replayedDead.contains(edge);
  }

  void replayedDead(java.util.List<?> edges) {
    replayedDead = edges;
  }

  /** The id of the execution that a sub-flow node starts. */
  String childId(String path) {
    if (childIds == null) {
      childIds = new HashSet<>();
    }
    String first = id + "." + path;
    String free = first;
    for (int again = 2; !childIds.add(free); again++) {
      free = first + "~" + again;
    }
    return free;
  }

  /** Makes its state anew from its journal; call before anything else. */
  public void replay(java.util.List<String> pages, ExecutionStatus last) {
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

  /** Says of an execution that is only shown when it will be taken; 0 when that is not known. */
  public void showWake(long micros) {
    shownWakeMicros = micros;
  }

  /** How often its ownership has changed; 0 without a store. */
  public long epoch() {
    return journal == null ? 0 : journal.epoch();
  }

  /** The worker that drives it. */
  public String worker() {
    return Objects.requireNonNull(journal).worker();
  }

  /** Creates another execution together with the next page, and begins it when that is written. */
  public void addChild(NewExecution child, Runnable begin) {
    Journal own = Objects.requireNonNull(journal);
    own.child(child);
    own.afterWriting(begin);
  }

  /** Sends a message together with the next page. */
  public void addMessage(String receiver, Message message) {
    Objects.requireNonNull(journal).message(new OutgoingMessage(receiver, message));
  }

  /** The lease is renewed: effects that waited for that may begin. */
  public void nudge() {
    visit(Objects.requireNonNull(journal)::runReady);
  }

  /** Refuses an answer that does not fit, or that nothing waits for. */
  public void checkAnswer(String node, @Nullable Object answer) {
    ask(
        () -> {
          Addressee.find(root, node).check(answer);
          return true;
        });
  }

  /** That no answer is expected. */
  public FlowForgeException unexpectedAnswer(String node) {
    return Addressee.unexpected(this, node);
  }

  /** Goes on from where the journal ends, and hears what came meanwhile. */
  public void goOnReplayed(java.util.List<ReceivedMessage> unread) {
    startDriving();
    beginTurn();
    Replay.goOn(this);
    deliver(heard(unread));
    drive();
  }

  /** Whether it had begun when the journal was written. */
  public boolean hasBegun() {
    return begun;
  }

  void replayOpened(Map<String, Object> values) {
    begun = true;
    status = ExecutionStatus.RUNNING;
    vars = values;
    list(root);
  }

  void replayPaused(boolean on) {
    paused = on;
  }

  void replayDecided(ExecutionStatus to, ExecutionError why) {
    if (DECISION.compareAndSet(this, null, to) || decision != to) {
      decision = to;
      error = why;
    }
    paused = false;
    root.stop();
  }

  void replayUndoing() {
    root.closeReplayed();
    undoing = new Undoing(this, takeUndo());
    status = ExecutionStatus.COMPENSATING;
    undoing.next();
  }

  void replayEnded(ExecutionStatus as, Map<String, Object> values, long micros) {
    decision = as;
    outputs = values;
    finishedMicros = micros;
    root.closeReplayed();
    status = as;
  }

  void replayError(ExecutionError why) {
    error = why;
  }

  /** Takes all scopes that have become ready as far as they go. */
  void replayWork() {
    Scope scope = nextScope();
    while (scope != null) {
      scope.advance();
      scope = nextScope();
    }
  }

  void cancelTimer() {
    timer = NodeState.cancel(timer);
  }

  void goOnTimed() {
    Duration timeout = plan.flow.settings().timeout();
    if (timeout != null && decision == null) {
      timerDueMicros = startedMicros + micros(timeout);
      timer = host.time().schedule(timerDueMicros, () -> post(new TimedOut()));
    } else if (decision != null && undoing == null) {
      awaitStop();
    }
  }

  void goOnUndone() {
    if (undoing != null && undoing.isDone()) {
      end();
    }
  }

  /** How it ends; only when that is decided. */
  ExecutionStatus decided() {
    return Objects.requireNonNull(decision);
  }

  Map<String, Object> endOutputs() {
    return decision == ExecutionStatus.COMPLETED ? outputs : PlainMap.of();
  }

  // ---- the result

  @Override
  public Map<String, Object> outputs() {
    return status.isFinal() ? outputs : PlainMap.of();
  }

  @Override
  public Optional<ExecutionError> error() {
    return Optional.ofNullable(error);
  }

  @Override
  public Duration duration() {
    return Duration.ofNanos((finishedMicros - startedMicros) * 1000);
  }

  Scope root() {
    return root;
  }

  @Nullable Undoing undoing() {
    return undoing;
  }

  @Override
  public String toString() {
    return plan.flow.id() + "/" + id + " " + status;
  }
}
