package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.execution.NodeStatus;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.plan.NodeKind;
import io.flowforge.internal.plan.PlanNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the state of a run from what {@link Journal} wrote.
 *
 * <p>Entries are applied in their order to the same graph arithmetic that ran at first, so joins,
 * dead paths and loops come out as they were; only what was decided outside of it (results,
 * configs, conditions, messages) is taken from the entries. Nothing is run, timed or written.
 */
final class Replay {
  static final Json.Limits LIMITS = new Json.Limits(256L << 20, 200, 64 << 20);

  private final Run run;

  /** Scopes by the prefix of their nodes' addresses. */
  private final Map<String, Scope> scopes = new HashMap<>();

  private Replay(Run run) {
    this.run = run;
  }

  static void apply(Run run, List<String> pages) {
    Replay replay = new Replay(run);
    run.replaying = true;
    try {
      for (String page : pages) {
        List<?> entries = (List<?>) Objects.requireNonNull(Json.parse(page, LIMITS));
        for (Object entry : entries) {
          replay.apply((Map<?, ?>) entry);
          run.replayWork();
        }
      }
    } catch (ClassCastException | NullPointerException | IllegalArgumentException unreadable) {
      throw new FlowForgeException(
          "FF-STATE-UNSUPPORTED",
          "the journal of execution " + run.id() + " cannot be read by this version",
          Map.of("executionId", run.id()),
          false,
          unreadable);
    } finally {
      run.replaying = false;
    }
  }

  /** Starts again all that was under way. */
  static void goOn(Run run) {
    run.ending.goOnTimed(run.startedMicros);
    for (Scope scope : Scopes.live(run)) {
      for (int n = 0; n < scope.plan.nodes.length; n++) {
        NodeState state = scope.stateOrNull(n);
        if (state == null || scope.status(n).isFinal()) {
          continue;
        }
        if (state.begun) {
          run.attempts.goOn(scope, n);
        } else if (state.ready) {
          beginReady(scope, n, state);
        }
      }
      run.list(scope);
    }
    run.ending.goOnUndone();
  }

  /** A node that was about to begin; while the run is paused it does not. */
  private static void beginReady(Scope scope, int n, NodeState state) {
    if (scope.run.isPaused() && !scope.stopping) {
      scope.run.holdUntilResumed(
          new Mail() {
            @Override
            void deliver() {
              if (state.ready) {
                beginReady(scope, n, state);
                scope.run.list(scope);
              }
            }
          });
      return;
    }
    state.ready = false;
    scope.busy--;
    if (!scope.stopping) {
      scope.run.attempts.begin(scope, n);
    }
  }

  private void apply(Map<?, ?> entry) {
    String kind = (String) entry.keySet().iterator().next();
    Object what = Objects.requireNonNull(entry.get(kind));
    switch (kind) {
      case "new" -> {
        // It only tells two starts of one id apart.
      }
      case "open" -> run.replayOpened(Inbox.mapOf(plain(entry.get("vars"))));
      case "begin" -> begin((String) what, entry);
      case "retry" -> retry((String) what, entry);
      case "end" -> end((String) what, entry);
      case "var" -> variable((String) what, entry);
      case "migrated" -> {
        // The flow that is followed from here on is that of the head.
      }
      case "log" -> logged((String) what, entry);
      case "round" -> round((String) what);
      case "over" ->
          scope((String) what)
              .endReplayed(plain(entry.get("out")), Inbox.errorOf(entry.get("error")));
      case "broke" -> run.attempts.failures().broke(scope((String) what), error(entry));
      case "signal" -> run.signals().keep((String) what, plain(entry.get("is")));
      case "took" -> run.signals().dropOldest((String) what);
      case "pause" -> run.paused((Boolean) what);
      case "decided" ->
          run.ending.replayDecided(ExecutionStatus.valueOf((String) what), error(entry));
      case "undo" -> run.ending.replayUndoing();
      case "ended" -> ended((String) what, entry);
      default -> throw new IllegalArgumentException("entry " + kind);
    }
  }

  private static ExecutionError error(Map<?, ?> entry) {
    return Objects.requireNonNull(Inbox.errorOf(entry.get("error")));
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return Values.normalise(value, Long.MAX_VALUE);
  }

  private static long number(Map<?, ?> entry, String key) {
    Number number = (Number) entry.get(key);
    return number == null ? 0 : number.longValue();
  }

  private void begin(String path, Map<?, ?> entry) {
    Place place = place(path);
    Scope scope = place.scope();
    int n = place.node();
    PlanNode node = scope.plan.nodes[n];
    NodeState state = scope.state(n);
    if (!state.ready) {
      // A retried loop or wait begins once more.
      state.work = null;
      state.iterations = null;
    }
    state.ready = false;
    state.begun = true;
    state.journaled = true;
    state.dueMicros = number(entry, "due");
    scope.startedMicros(n, number(entry, "at"));
    bind(scope, n, node, state, entry);
    boolean action = node.kind == NodeKind.ACTION || node.kind == NodeKind.TRIGGER;
    state.attempts = (int) number(entry, "n") - (action ? 1 : 0);
    scope.status(n, NodeStatus.RUNNING);
    if (!action) {
      state.call = new NodeCall(scope, n, state.attempts);
      state.work = Works.begin(scope, n, node, state);
    }
  }

  private void bind(Scope scope, int n, PlanNode node, NodeState state, Map<?, ?> entry) {
    Env env = new Env(scope, n);
    Object config = entry.get("config");
    if (config instanceof Map<?, ?> values) {
      List<?> credentials = entry.get("creds") instanceof List<?> places ? places : List.of();
      Map<String, Object> plain = Inbox.mapOf(plain(values));
      state.config = node.config.bind(FrozenConfig.thaw(plain, credentials, run), env);
    } else {
      state.config = node.config.bind(env);
    }
    state.resolved = true;
  }

  private void retry(String path, Map<?, ?> entry) {
    Place place = place(path);
    NodeState state = place.scope().state(place.node());
    state.attempts = (int) number(entry, "n");
    state.dueMicros = number(entry, "due");
    state.error = Inbox.errorOf(entry.get("error"));
    state.reason = "waits for attempt " + (state.attempts + 1);
    state.call = null;
    state.work = null;
    place.scope().status(place.node(), NodeStatus.WAITING);
  }

  private void end(String path, Map<?, ?> entry) {
    Place place = place(path);
    Scope scope = place.scope();
    int n = place.node();
    NodeState state = scope.state(n);
    if (state.ready || state.begun) {
      scope.busy--;
    }
    state.ready = false;
    state.begun = false;
    state.call = null;
    state.work = null;
    state.config = null;
    state.dueMicros = 0;
    state.attempts = (int) number(entry, "n");
    state.error = Inbox.errorOf(entry.get("error"));
    state.reason = (String) entry.get("why");
    String port = (String) entry.get("port");
    state.port = port == null ? PlanNode.NONE : scope.plan.nodes[n].port(port);
    Object output = plain(entry.get("out"));
    run.replayOutput(output);
    scope.output(n, output);
    scope.startedMicros(n, number(entry, "at"));
    scope.finishedMicros(n, number(entry, "to"));
    scope.status(n, NodeStatus.valueOf((String) Objects.requireNonNull(entry.get("s"))));
    run.replayedDead(entry.get("dead") instanceof List<?> dead ? dead : List.of());
    run.attempts.replayEnd(scope, n, state.port);
    run.list(scope);
  }

  private void variable(String name, Map<?, ?> entry) {
    run.variable("", name, plain(entry.get("is")));
    if (entry.containsKey("at")) {
      run.edits().replay(name, number(entry, "at"));
    }
  }

  private void logged(String path, Map<?, ?> entry) {
    if (run.log != null) {
      run.log.written(path, number(entry, "i"));
    }
  }

  private void round(String path) {
    String loop = path.substring(0, path.lastIndexOf('['));
    Place place = place(loop);
    if (place.scope().state(place.node()).work instanceof WhileWork work) {
      work.replayRound();
    }
  }

  private void ended(String status, Map<?, ?> entry) {
    run.ending.replayEnded(
        ExecutionStatus.valueOf(status),
        Inbox.mapOf(plain(entry.get("out"))),
        Inbox.errorOf(entry.get("error")),
        number(entry, "to"));
  }

  // ---- finding

  private Place place(String path) {
    int slash = path.lastIndexOf('/');
    Scope scope = scope(path.substring(0, slash + 1));
    int node = scope.plan.indexOf(path.substring(slash + 1));
    if (node < 0) {
      throw new IllegalArgumentException("no node " + path);
    }
    return new Place(scope, node);
  }

  /** The scope of a prefix such as {@code each[3]/} or, for a compensation, {@code charge/}. */
  private Scope scope(String prefix) {
    if (prefix.isEmpty()) {
      return run.root();
    }
    Scope known = scopes.get(prefix);
    if (known != null && !known.isOver() && isCurrent(known)) {
      return known;
    }
    String path = prefix.substring(0, prefix.length() - 1);
    int bracket = path.endsWith("]") ? path.lastIndexOf('[') : path.length();
    Place outer = place(path.substring(0, bracket));
    Scope found =
        bracket == path.length()
            ? undone(outer)
            : iteration(outer, Integer.parseInt(path.substring(bracket + 1, path.length() - 1)));
    scopes.put(prefix, found);
    return found;
  }

  /** A loop that was retried has new iterations under the same addresses. */
  private static boolean isCurrent(Scope scope) {
    if (scope.index < 0 || scope.parent == null) {
      return true;
    }
    NodeState state = scope.parent.state(scope.plan.parentNode);
    return state.iterations != null
        && scope.index < state.iterations.size()
        && state.iterations.get(scope.index) == scope;
  }

  private static Scope iteration(Place loop, int index) {
    List<Scope> iterations = loop.scope().state(loop.node()).iterations;
    return Objects.requireNonNull(iterations).get(index);
  }

  private Scope undone(Place done) {
    Undoing undoing = run.undoing();
    if (undoing == null || !undoing.isAt(done.scope(), done.node())) {
      throw new IllegalArgumentException(
          "nothing of " + done.scope().path(done.node()) + " is undone");
    }
    return Objects.requireNonNull(undoing.scope());
  }
}
