package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.execution.NodeStatus;
import io.flowforge.internal.control.EventConfig;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.EventWait;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.OutgoingMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a run does, so that another process can go on where this one stands.
 *
 * <p>What happens in one turn of the run becomes one page, and one page at a time is on its way to
 * the store. Nodes without effects outside do not wait for it; an effect begins only once all that
 * came before it, its own resolved config among it, is written. {@link Replay} reads the pages; the
 * two belong together.
 *
 * <p>An entry is a map whose first key says what happened:
 *
 * <ul>
 *   <li>{@code new}: the first page; a word that no other page has
 *   <li>{@code open}: the execution began; {@code vars} its variables
 *   <li>{@code begin}: a node run began; {@code config} its resolved config, {@code creds} the
 *       places of credentials in it, {@code n} the attempt, {@code at} when, {@code due} the end of
 *       its wait
 *   <li>{@code retry}: an attempt failed; {@code n} attempts made, {@code due} of the next, {@code
 *       error}
 *   <li>{@code end}: a node run is over; {@code s} status, {@code port}, {@code out}, {@code n},
 *       {@code at}, {@code to}, {@code error}, {@code why}, {@code dead} conditional edges that
 *       were not taken, counted from its first
 *   <li>{@code var}: a variable has the value {@code is}, set by the node run {@code by}, or, when
 *       that is empty, by an operator {@code at} some time
 *   <li>{@code round}: an iteration of a while node begins
 *   <li>{@code over}: a body's iteration or a compensation is over; {@code out} or {@code error}
 *   <li>{@code broke}: a scope failed at an edge
 *   <li>{@code signal}: an event came for this execution; {@code is} its payload; {@code took} that
 *       the node run {@code by} has used it up
 *   <li>{@code log}: a line of the log, which travels with a page that is written anyway; {@code i}
 *       its number, {@code n} the attempt, {@code at}, {@code l} level, {@code m} text, {@code cut}
 *   <li>{@code migrated}: it follows the flow with this hash now, {@code from} another, {@code at}
 *       some time
 *   <li>{@code pause}, {@code decided}, {@code undo}, {@code ended}: of the execution itself
 * </ul>
 *
 * <p>Times are microseconds since 1970. All methods run on the thread that drives the run.
 */
final class Journal {
  /** A page is written early when its values come to so many entries. */
  private static final int LONG_PAGE = 1000;

  private final Run run;
  private final String worker;
  private final long epoch;
  private final CompletableFuture<Commit.Result> accepted = new CompletableFuture<>();

  private final String nonce;
  private @Nullable NewExecution created;
  private long position;
  private int recoveries;
  private ExecutionStatus written;
  private List<Map<String, Object>> entries = new ArrayList<>();
  private List<NewExecution> children = new ArrayList<>();
  private List<EventWait> awaits = new ArrayList<>();
  private List<EventWait> forgets = new ArrayList<>();
  private List<OutgoingMessage> messages = new ArrayList<>();
  private ArrayDeque<Runnable> held = new ArrayDeque<>();
  private ArrayDeque<Runnable> heldByFlight = new ArrayDeque<>();
  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
  private @Nullable Map<String, Object> leaving;
  private boolean progressed;
  private long read;
  private long readWritten;

  /** A page is on its way. */
  private boolean flying;

  /** The page on its way ends the ownership. */
  private boolean landing;

  /** The run has ended but for the writing of it. */
  private boolean ending;

  /** The last page waits until the flow for the failure can be had. */
  private boolean lacksErrorFlow;

  Journal(Run run, Ownership own) {
    this.run = run;
    this.worker = own.worker();
    this.epoch = own.epoch();
    this.position = own.position();
    this.recoveries = own.recoveries();
    this.created = own.created();
    this.nonce = created == null ? "" : run.host.newId();
    this.written = ExecutionStatus.PENDING;
  }

  /** What became of the first page, which creates the execution. */
  CompletableFuture<Commit.Result> accepted() {
    return accepted;
  }

  /** Whether something waits for the store. */
  boolean isBusy() {
    return flying || !held.isEmpty() || !ready.isEmpty() || ending;
  }

  // ---- entries

  private Map<String, Object> entry(String kind, Object what) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put(kind, what);
    entries.add(entry);
    return entry;
  }

  void opened(Map<String, Object> vars) {
    Map<String, Object> entry = entry("open", run.lastMicros);
    if (!vars.isEmpty()) {
      entry.put("vars", vars);
    }
  }

  /** A node run begins; its config is the same from here on, in every attempt and every process. */
  void began(Scope scope, int n, NodeState state) {
    if (state.journaled) {
      return;
    }
    state.journaled = true;
    Map<String, Object> entry = entry("begin", scope.path(n));
    if (state.resolvedConfig != null) {
      FrozenConfig frozen = FrozenConfig.of(state.resolvedConfig, run.credentials());
      entry.put("config", frozen.values());
      if (!frozen.credentials().isEmpty()) {
        entry.put("creds", frozen.credentials());
      }
      state.resolvedConfig = null;
    }
    entry.put("n", Math.max(1, state.attempts));
    entry.put("at", scope.startedMicros(n) == 0 ? run.lastMicros : scope.startedMicros(n));
    if (state.dueMicros > 0) {
      entry.put("due", state.dueMicros);
    }
  }

  /** The node run that began last waits, with or without an end. */
  void waits(NodeState state) {
    if (state.dueMicros > 0 && !entries.isEmpty()) {
      entries.get(entries.size() - 1).put("due", state.dueMicros);
    }
  }

  void retry(Scope scope, int n, NodeState state) {
    began(scope, n, state);
    Map<String, Object> entry = entry("retry", scope.path(n));
    entry.put("n", state.attempts);
    entry.put("due", state.dueMicros);
    if (state.error != null) {
      entry.put("error", error(state.error));
    }
    // The next attempt of a loop or wait begins it anew.
    state.journaled = scope.plan.nodes[n].kind == io.flowforge.internal.plan.NodeKind.ACTION;
  }

  void over(Scope scope, int n) {
    Map<String, Object> entry = entry("end", scope.path(n));
    NodeState state = scope.state(n);
    NodeStatus status = scope.status(n);
    progressed = true;
    entry.put("s", status.name());
    if (state.port >= 0) {
      entry.put("port", scope.plan.nodes[n].portName(state.port));
    }
    Object output = scope.output(n);
    if (output != null) {
      entry.put("out", output);
    }
    entry.put("n", state.attempts);
    entry.put("at", scope.startedMicros(n));
    entry.put("to", scope.finishedMicros(n));
    if (state.error != null) {
      entry.put("error", error(state.error));
    }
    if (state.reason != null) {
      entry.put("why", state.reason);
    }
    leaving = entry;
  }

  /** A condition was false, on an edge of the node that was over last. */
  @SuppressWarnings("unchecked")
  void died(int edge) {
    if (leaving != null) {
      ((List<Object>) leaving.computeIfAbsent("dead", key -> new ArrayList<Object>())).add(edge);
    }
  }

  void variable(String path, String name, @Nullable Object value) {
    Map<String, Object> entry = entry("var", name);
    entry.put("by", path);
    if (value != null) {
      entry.put("is", value);
    }
  }

  /** An operator has set a variable. */
  void edited(String name, @Nullable Object value) {
    variable("", name, value);
    entries.get(entries.size() - 1).put("at", run.lastMicros);
  }

  void round(Scope scope, int n, int index) {
    entry("round", scope.path(n) + "[" + index + "]");
  }

  /** A body's iteration or a compensation is over. */
  void scopeOver(Scope scope, @Nullable Object result) {
    Map<String, Object> entry = entry("over", scope.prefix());
    if (scope.failure != null) {
      entry.put("error", error(scope.failure));
    } else if (result != null) {
      entry.put("out", result);
    }
  }

  void broke(Scope scope, ExecutionError failure) {
    entry("broke", scope.prefix()).put("error", error(failure));
  }

  void signal(String name, @Nullable Object payload) {
    Map<String, Object> entry = entry("signal", name);
    if (payload != null) {
      entry.put("is", payload);
    }
  }

  void took(String path, String name) {
    entry("took", name).put("by", path);
  }

  void paused(boolean on) {
    entry("pause", on);
  }

  void decided(ExecutionStatus status, ExecutionError error) {
    entry("decided", status.name()).put("error", error(error));
  }

  void undoing() {
    entry("undo", true);
  }

  private static Map<String, Object> error(ExecutionError error) {
    return error.toValue();
  }

  // ---- what travels with a page

  void child(NewExecution child) {
    children.add(child);
  }

  void message(OutgoingMessage message) {
    messages.add(message);
  }

  void await(EventConfig config, String path) {
    awaits.add(wait(config, path));
  }

  void forget(EventConfig config, String path) {
    forgets.add(wait(config, path));
  }

  private EventWait wait(EventConfig config, String path) {
    String key = config.key();
    return new EventWait(run.start.scoped(config.event()), key == null ? "" : key, path);
  }

  /** Messages up to this number have been dealt with. */
  void read(long number) {
    read = Math.max(read, number);
  }

  boolean isRead(long number) {
    return number <= read;
  }

  /** Has something done once all that is known by now is written, if the lease still holds then. */
  void afterWriting(Runnable effect) {
    if (isBehind()) {
      held.add(effect);
    } else {
      ready.add(effect);
      runReady();
    }
  }

  private boolean isBehind() {
    return flying || !entries.isEmpty() || !children.isEmpty() || created != null;
  }

  /** Begins effects that are allowed to by all that is written, unless the lease is in doubt. */
  void runReady() {
    while (!ready.isEmpty() && run.host.mayAct()) {
      ready.poll().run();
    }
  }

  String worker() {
    return worker;
  }

  long epoch() {
    return epoch;
  }

  /** The status that the store has. */
  void isWritten(ExecutionStatus status) {
    written = status;
  }

  /** The run is over; it counts as ended once that is written. */
  void end() {
    ending = true;
    run.lackFlow(null);
  }

  /** A message came before its end was written, and changes it. */
  void endNot() {
    ending = false;
  }

  boolean isEnding() {
    return ending;
  }

  // ---- writing

  boolean isLong() {
    return entries.size() >= LONG_PAGE;
  }

  /** Sends what there is, unless a page is on its way already. */
  void flush() {
    if (flying || run.isLost() || run.status().isFinal()) {
      return;
    }
    boolean last = ending && !lacksErrorFlow();
    HeadChange change = change(last);
    boolean something =
        !entries.isEmpty()
            || change != null
            || created != null
            || read > readWritten
            || !forgets.isEmpty()
            || !messages.isEmpty();
    if (!something) {
      return;
    }
    if (run.log != null) {
      entries.addAll(run.log.take());
    }
    List<OutgoingMessage> outgoing = messages;
    List<NewExecution> created = children;
    if (last) {
      outgoing = new ArrayList<>(messages);
      created = new ArrayList<>(children);
      LastPage.complete(run, outgoing, created);
    }
    Commit commit =
        new Commit(
            run.id(),
            worker,
            epoch,
            position + 1,
            text(last),
            this.created,
            change,
            created,
            awaits,
            forgets,
            outgoing,
            read);
    flying = true;
    landing = change != null && (change.release() || change.status().isFinal());
    Flight flight =
        new Flight(entries, children, awaits, forgets, messages, run.status(), read, last);
    entries = new ArrayList<>();
    children = new ArrayList<>();
    awaits = new ArrayList<>();
    forgets = new ArrayList<>();
    messages = new ArrayList<>();
    heldByFlight = held;
    held = new ArrayDeque<>();
    leaving = null;
    run.host.commit(commit, (result, failure) -> run.post(new Landed(flight, result, failure)));
  }

  private String text(boolean last) {
    if (!last && created == null) {
      return Json.write(entries);
    }
    List<Map<String, Object>> all = new ArrayList<>();
    if (created != null) {
      // Tells two starts of one id apart, which the store must not take for one.
      all.add(Map.of("new", nonce));
    }
    all.addAll(entries);
    if (!last) {
      return Json.write(all);
    }
    Map<String, Object> end = new LinkedHashMap<>();
    end.put("ended", run.decided().name());
    end.put("to", run.finishedMicros());
    if (!run.endOutputs().isEmpty()) {
      end.put("out", run.endOutputs());
    }
    run.error().ifPresent(error -> end.put("error", error(error)));
    all.add(end);
    return Json.write(all);
  }

  /** Whether the flow for the failure cannot be had yet; it is looked for again then. */
  private boolean lacksErrorFlow() {
    String flow = run.ending.errorFlow();
    if (flow == null || lacksErrorFlow) {
      return lacksErrorFlow;
    }
    long wait = run.host.errorFlowWaitMicros(run, flow);
    lacksErrorFlow = wait > 0;
    if (wait == Host.NEVER) {
      run.lackFlow(flow);
    } else if (wait > 0) {
      Mail again =
          new Mail() {
            @Override
            void deliver() {
              lacksErrorFlow = false;
            }
          };
      run.host.time().schedule(run.readClock() + wait, () -> run.post(again));
    }
    return lacksErrorFlow;
  }

  private @Nullable HeadChange change(boolean last) {
    if (last) {
      String code = run.error().map(ExecutionError::code).orElse(null);
      return HeadChange.ended(run.decided(), code, run.finishedMicros());
    }
    ExecutionStatus now = run.status();
    // An event that came before its wait is in the inbox only once the wait is written.
    boolean settled = held.isEmpty() && ready.isEmpty() && awaits.isEmpty();
    if (settled && run.mayBeLeft()) {
      String flow = run.lackedFlow();
      return flow == null
          ? HeadChange.released(now, null, run.wakeMicros())
          : HeadChange.released(ExecutionStatus.PARKED, ParkReason.unknownFlow(flow), 0);
    }
    boolean reset = recoveries > 0 && progressed;
    return now != written || reset ? HeadChange.to(now, reset) : null;
  }

  /** The parts of a page on its way. */
  private record Flight(
      List<Map<String, Object>> entries,
      List<NewExecution> children,
      List<EventWait> awaits,
      List<EventWait> forgets,
      List<OutgoingMessage> messages,
      ExecutionStatus status,
      long read,
      boolean last) {}

  /** A page has been answered. */
  private final class Landed extends Mail {
    private final Flight flight;
    private final Commit.@Nullable Result result;
    private final @Nullable Throwable failure;

    Landed(Flight flight, Commit.@Nullable Result result, @Nullable Throwable failure) {
      this.flight = flight;
      this.result = result;
      this.failure = failure;
    }

    @Override
    void deliver() {
      flying = false;
      // Whoever waits to start it must not find this run any more once it is refused.
      if (result == null) {
        run.lose();
        if (created == null) {
          run.host.parkRefused(run.id(), worker, epoch, position + 1);
        }
        accepted.completeExceptionally(
            failure == null ? new IllegalStateException("no answer") : failure);
        return;
      }
      switch (result) {
        case APPLIED -> written(flight);
        case UNREAD -> unread(flight);
        case FENCED, EXISTS -> {
          run.lose();
          accepted.complete(result);
        }
      }
    }
  }

  private void written(Flight flight) {
    position++;
    created = null;
    if (run.log != null) {
      run.log.landed();
    }
    written = flight.status;
    readWritten = flight.read;
    if (progressed) {
      recoveries = 0;
    }
    accepted.complete(Commit.Result.APPLIED);
    if (landing) {
      if (flight.last) {
        run.endWritten();
      } else {
        run.leave();
      }
      return;
    }
    ready.addAll(heldByFlight);
    heldByFlight = new ArrayDeque<>();
    runReady();
  }

  /** Messages have come that must be heard before the run ends or is left. */
  private void unread(Flight flight) {
    entries.addAll(0, flight.entries);
    children.addAll(0, flight.children);
    awaits.addAll(0, flight.awaits);
    forgets.addAll(0, flight.forgets);
    messages.addAll(0, flight.messages);
    held.addAll(heldByFlight);
    heldByFlight = new ArrayDeque<>();
    flying = true;
    run.host.fetchMail(
        run,
        fetched -> {
          flying = false;
          fetched.forEach(run::hear);
        });
  }
}
