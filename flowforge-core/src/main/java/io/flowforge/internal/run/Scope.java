package io.flowforge.internal.run;

import static io.flowforge.execution.NodeStatus.CANCELLED;
import static io.flowforge.execution.NodeStatus.COMPLETED;
import static io.flowforge.execution.NodeStatus.FAILED;
import static io.flowforge.execution.NodeStatus.PENDING;
import static io.flowforge.execution.NodeStatus.SKIPPED;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.NodeStatus;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.control.ControlContext;
import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One activation of a plan: the whole flow's, or one iteration of a body.
 *
 * <p>State is arrays by node number. A node that is ready stands in {@code queue}, which every node
 * enters at most once; finishing a node counts its successors down and appends those that became
 * ready, so nothing is searched and a chain of any length is a loop, not a recursion. Only the
 * thread that drives the run touches any of it.
 */
final class Scope {
  /** Status of a node that stands in the queue though not all its edges are decided. */
  private static final byte QUEUED = 99;

  private static final byte SKIPPED_BYTE = (byte) SKIPPED.ordinal();
  private static final byte COMPLETED_BYTE = (byte) COMPLETED.ordinal();
  private static final NodeStatus[] STATUSES = NodeStatus.values();

  final Run run;
  final Plan plan;
  final @Nullable Scope parent;

  /** Told when nothing is left to do here. */
  final ScopeOwner owner;

  /** Position of the iteration; -1 when this is none. */
  final int index;

  /** What {@code item} is here. */
  final @Nullable Object item;

  private final byte[] status;
  private final @Nullable Object[] output;

  /** Start and end of node n in microseconds at 2n and 2n + 1. */
  private final long[] time;

  private final int[] undecided;
  private final int[] queue;
  private int head;
  private int tail;

  /** Ports other than the first that nodes without further state left through. */
  private byte @Nullable [] ports;

  private @Nullable NodeState @Nullable [] extra;
  private int @Nullable [] dead;
  private long @Nullable [] deadEdges;
  private boolean @Nullable [] poisoned;

  /**
   * Nodes that run, wait or are held; the scope is over when there are none and the queue is empty.
   */
  int busy;

  /** Nothing new starts here. */
  boolean stopping;

  /** Why it failed. */
  @Nullable ExecutionError failure;

  /** Whether it stands in the run's list of scopes with work. */
  boolean listed;

  private boolean over;

  /** What it returned in an earlier life of the run. */
  @Nullable Object replayed;

  Scope(
      Run run,
      Plan plan,
      @Nullable Scope parent,
      ScopeOwner owner,
      int index,
      @Nullable Object item) {
    this.run = run;
    this.plan = plan;
    this.parent = parent;
    this.owner = owner;
    this.index = index;
    this.item = item;
    int nodes = plan.nodes.length;
    status = new byte[nodes];
    output = new Object[nodes];
    time = new long[2 * nodes];
    undecided = plan.inDegree.clone();
    queue = new int[nodes];
    for (int entry : plan.entries) {
      queue[tail++] = entry;
    }
  }

  // ---- stepping

  boolean hasWork() {
    return head < tail && !stopping;
  }

  /** Starts ready nodes until none is left, the run is held, or its turn is used up. */
  void advance() {
    if (run.replaying) {
      advanceReplay();
      return;
    }
    PlanNode[] nodes = plan.nodes;
    while (head < tail && !stopping && run.mayGoOn()) {
      int n = queue[head++];
      PlanNode node = nodes[n];
      if (status[n] == SKIPPED_BYTE) {
        leaveDead(n);
      } else if (node.plain && run.shortWay) {
        runPlain(node, n);
      } else {
        run.attempts.begin(this, n);
      }
    }
    if (busy == 0 && (head == tail || stopping) && !over) {
      over = true;
      finish();
    }
  }

  /** Nodes that became ready wait for what the journal says of them. */
  private void advanceReplay() {
    while (head < tail && !stopping) {
      int n = queue[head++];
      if (status[n] == SKIPPED_BYTE) {
        leaveDead(n);
      } else if (run.attempts.isUnfired(plan.nodes[n])) {
        run.attempts.begin(this, n);
      } else {
        state(n).ready = true;
        busy++;
      }
    }
  }

  boolean isOver() {
    return over;
  }

  /** The journal says that it is over. */
  void endReplayed(@Nullable Object result, @Nullable ExecutionError broken) {
    replayed = result;
    if (failure == null) {
      failure = broken;
    }
    over = true;
    finish();
  }

  /** The same of the whole run; what follows from it the journal says as well. */
  void closeReplayed() {
    over = true;
    endWithRun();
  }

  /** The short way of a node without policies: call, normalise, record, leave. */
  private void runPlain(PlanNode node, int n) {
    long begin = run.lastMicros;
    NodeCall call = new NodeCall(this, n, 1);
    if (run.listening) {
      run.emitter.started(this, n, begin);
    }
    Object result;
    int port = 0;
    Object config = node.constantConfig;
    try {
      if (config == null) {
        config = node.config.bind(new Env(this, n));
      }
      result = node.action.run(config, call);
      if (result != null && !(result instanceof Map)) {
        if (result instanceof java.util.concurrent.CompletionStage<?> stage) {
          run.attempts.beginAsync(this, n, begin, config, call, stage);
          return;
        }
        if (result instanceof io.flowforge.spi.Output chosen) {
          port = run.attempts.portOf(node, chosen);
          result = chosen.value();
        }
      }
      result = run.normalise(result);
    } catch (Throwable thrown) {
      run.attempts.failPlain(this, n, begin, config, thrown);
      return;
    }
    long end = run.clockAfter(node);
    time[2 * n] = begin;
    time[2 * n + 1] = end;
    output[n] = result;
    status[n] = COMPLETED_BYTE;
    run.seq += 2;
    if (port != 0) {
      port(n, port);
    }
    if (run.listening) {
      run.emitter.completed(this, n);
    }
    leave(n, port);
  }

  // ---- edges

  /** Decides the outgoing edges of a node that is over and left through a port. */
  void leave(int n, int port) {
    int end = plan.outStart[n + 1];
    if (port == 0 && plan.simple[n] && plan.eager == null) {
      int[] target = plan.target;
      for (int k = plan.outStart[n]; k < end; k++) {
        int t = target[k];
        if (--undecided[t] == 0) {
          allDecided(t);
        }
      }
      return;
    }
    for (int k = plan.outStart[n]; k < end; k++) {
      if (plan.port[k] == port && holds(k, n)) {
        taken(plan.target[k]);
      } else {
        dies(k, false);
      }
    }
  }

  /** All outgoing edges of a node die. */
  private void leaveDead(int n) {
    boolean poison = poisoned != null && poisoned[n];
    for (int k = plan.outStart[n]; k < plan.outStart[n + 1]; k++) {
      dies(k, poison);
    }
  }

  /**
   * The outgoing edges of a node whose failure nobody handles die, and take joins of all with them.
   */
  void leavePoisoned(int n) {
    for (int k = plan.outStart[n]; k < plan.outStart[n + 1]; k++) {
      dies(k, true);
    }
  }

  private boolean holds(int k, int n) {
    Condition condition = plan.condition == null ? null : plan.condition[k];
    if (condition == null) {
      return true;
    }
    if (run.replaying) {
      return !run.replayedDead(k - plan.outStart[n]);
    }
    boolean taken = !stopping && test(condition, k, n);
    if (!taken && run.journal != null) {
      run.journal.died(k - plan.outStart[n]);
    }
    return taken;
  }

  private boolean test(Condition condition, int k, int n) {
    try {
      return condition.test(new Env(this, n));
    } catch (RuntimeException broken) {
      run.attempts.failures().edgeFailed(this, k, broken);
      return false;
    }
  }

  private void taken(int t) {
    undecided[t]--;
    if (plan.eager != null && plan.eager[t]) {
      decideEager(t);
    } else if (undecided[t] == 0) {
      allDecided(t);
    }
  }

  private void dies(int k, boolean poison) {
    int t = plan.target[k];
    if (dead == null || deadEdges == null) {
      dead = new int[status.length];
      deadEdges = new long[(plan.target.length + 63) >>> 6];
    }
    dead[t]++;
    deadEdges[k >>> 6] |= 1L << (k & 63);
    undecided[t]--;
    boolean eager = plan.eager != null && plan.eager[t];
    if (poison && !eager) {
      if (poisoned == null) {
        poisoned = new boolean[status.length];
      }
      poisoned[t] = true;
    }
    if (eager) {
      decideEager(t);
    } else if (undecided[t] == 0) {
      allDecided(t);
    }
  }

  private void allDecided(int t) {
    if (dead != null && (dead[t] == plan.inDegree[t] || poisoned != null && poisoned[t])) {
      skip(t, null);
    } else {
      queue[tail++] = t;
    }
  }

  /** A join of some: starts at the n-th taken edge, is skipped when that can no longer come. */
  private void decideEager(int t) {
    if (status[t] != 0) {
      return;
    }
    int needed = plan.nodes[t].needed;
    int deaths = dead == null ? 0 : dead[t];
    int arrivals = plan.inDegree[t] - undecided[t] - deaths;
    if (arrivals >= needed) {
      status[t] = QUEUED;
      state(t).arrived = takenEdges(t);
      queue[tail++] = t;
    } else if (arrivals + undecided[t] < needed) {
      skip(t, null);
    }
  }

  /** Marks a node as skipped and queues it, so that its edges die in turn. */
  void skip(int t, @Nullable String reason) {
    status[t] = SKIPPED_BYTE;
    if (reason != null) {
      state(t).reason = reason;
    }
    run.seq++;
    queue[tail++] = t;
    if (run.listening) {
      run.emitter.completed(this, t);
    }
  }

  /** Whether an edge was decided and taken, by its position. */
  boolean isTaken(int k) {
    int from = plan.source[k];
    return isDecided(from) && !isDead(k) && plan.port[k] == portNumber(from);
  }

  boolean isDead(int k) {
    return deadEdges != null && (deadEdges[k >>> 6] & (1L << (k & 63))) != 0;
  }

  private boolean isDecided(int n) {
    byte now = status[n];
    return now >= COMPLETED_BYTE && now != QUEUED;
  }

  /** Positions of the edges into a node that are taken by now. */
  int[] takenEdges(int t) {
    NodeState state = stateOrNull(t);
    if (state != null && state.arrived != null) {
      return state.arrived;
    }
    int[] found = new int[plan.inDegree[t]];
    int count = 0;
    for (int i = plan.inStart[t]; i < plan.inStart[t + 1]; i++) {
      if (isTaken(plan.inEdge[i])) {
        found[count++] = plan.inEdge[i];
      }
    }
    return count == found.length ? found : Arrays.copyOf(found, count);
  }

  // ---- data

  /** What {@code input} is for a node: see the flow format, "Data". */
  @Nullable Object input(int n) {
    if (n < 0 || plan.inDegree[n] == 0) {
      return owner.entryInput(this);
    }
    if (plan.inDegree[n] == 1 && deadEdges == null) {
      return passedOn(plan.inEdge[plan.inStart[n]]);
    }
    int[] edges = takenEdges(n);
    int first = edges.length == 0 ? -1 : plan.source[edges[0]];
    boolean single = true;
    for (int k : edges) {
      single &= plan.source[k] == first;
    }
    if (single) {
      return edges.length == 0 ? null : passedOn(edges[0]);
    }
    return inputs(edges);
  }

  private Map<String, Object> inputs(int[] edges) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int k : edges) {
      values.put(plan.nodes[plan.source[k]].id, passedOn(k));
    }
    return PlainMap.copyOf(values);
  }

  /** What the taken incoming edges brought, in document order. */
  List<ControlContext.Passed> passed(int n) {
    List<ControlContext.Passed> all = new ArrayList<>();
    int[] edges = takenEdges(n);
    for (int k : edges) {
      all.add(new ControlContext.Passed(plan.nodes[plan.source[k]].id, passedOn(k)));
    }
    return all;
  }

  boolean hasEdgeOn(int n, String portName) {
    int port = plan.nodes[n].port(portName);
    for (int k = plan.outStart[n]; k < plan.outStart[n + 1]; k++) {
      if (plan.port[k] == port) {
        return true;
      }
    }
    return false;
  }

  /** What an edge brings: the source's output, or its error behind an error port. */
  @Nullable Object passedOn(int k) {
    int from = plan.source[k];
    if (plan.port[k] == PlanNode.ERROR) {
      NodeState state = stateOrNull(from);
      return state == null || state.error == null ? null : state.error.toValue();
    }
    return output[from];
  }

  /** The error that the path of a node comes from; null on other paths. */
  @Nullable ExecutionError errorFor(int n) {
    if (n >= 0 && plan.errorSources != null && plan.errorSources[n] != null) {
      for (int from : plan.errorSources[n]) {
        NodeState state = stateOrNull(from);
        if (status[from] == FAILED.ordinal() && state != null && state.error != null) {
          return state.error;
        }
      }
    }
    return parent == null ? run.startError : parent.errorFor(plan.parentNode);
  }

  NodeStatus status(int n) {
    return status[n] == QUEUED ? PENDING : STATUSES[status[n]];
  }

  void status(int n, NodeStatus next) {
    status[n] = (byte) next.ordinal();
    run.seq++;
  }

  @Nullable Object output(int n) {
    return output[n];
  }

  void output(int n, @Nullable Object value) {
    output[n] = value;
  }

  long startedMicros(int n) {
    return time[2 * n];
  }

  void startedMicros(int n, long micros) {
    time[2 * n] = micros;
  }

  long finishedMicros(int n) {
    return time[2 * n + 1];
  }

  void finishedMicros(int n, long micros) {
    time[2 * n + 1] = micros;
  }

  int attempts(int n) {
    NodeState state = stateOrNull(n);
    int counted = state == null ? 0 : state.attempts;
    // The short way of plain nodes counts nothing: they complete at the first attempt.
    boolean shortWay = state == null || plan.nodes[n].plain;
    return counted == 0 && shortWay && status[n] == COMPLETED_BYTE ? 1 : counted;
  }

  /** The port a node left through, as its name; null when it has not left. */
  @Nullable String portName(int n) {
    NodeState state = stateOrNull(n);
    if (state != null && state.port >= 0) {
      return plan.nodes[n].portName(state.port);
    }
    if (status[n] != COMPLETED_BYTE) {
      return null;
    }
    return plan.nodes[n].ports[ports == null ? 0 : ports[n]];
  }

  /** The number of the port a node left through; {@link PlanNode#NONE} when it has not left. */
  private int portNumber(int n) {
    NodeState state = stateOrNull(n);
    if (state != null && state.port != PlanNode.NONE) {
      return state.port;
    }
    if (status[n] != COMPLETED_BYTE) {
      return PlanNode.NONE;
    }
    return ports == null ? 0 : ports[n];
  }

  private void port(int n, int port) {
    if (port > Byte.MAX_VALUE) {
      state(n).port = port;
      return;
    }
    if (ports == null) {
      ports = new byte[status.length];
    }
    ports[n] = (byte) port;
  }

  NodeState state(int n) {
    if (extra == null) {
      extra = new NodeState[status.length];
    }
    NodeState state = extra[n];
    if (state == null) {
      state = new NodeState();
      state.attempts = status[n] == COMPLETED_BYTE ? 1 : 0;
      extra[n] = state;
    }
    return state;
  }

  @Nullable NodeState stateOrNull(int n) {
    return extra == null ? null : extra[n];
  }

  boolean isPoisoned(int n) {
    return poisoned != null && poisoned[n];
  }

  /** The address of a node run: the loop nodes and iterations it stands in, then its id. */
  String path(int n) {
    return prefix() + plan.nodes[n].id;
  }

  /** The loop nodes it stands in, without the iterations. */
  String prefixOfNodes() {
    if (parent == null) {
      return "";
    }
    return parent.prefixOfNodes() + parent.plan.nodes[plan.parentNode].id + "/";
  }

  String prefix() {
    if (parent == null) {
      return "";
    }
    String outer = parent.prefix() + parent.plan.nodes[plan.parentNode].id;
    return outer + (index >= 0 ? "[" + index + "]/" : "/");
  }

  // ---- ending

  /** Stops all that runs or waits here; what cannot be stopped at once is told to hurry. */
  void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    if (run.replaying) {
      return;
    }
    if (extra != null) {
      for (int n = 0; n < extra.length; n++) {
        NodeState state = extra[n];
        if (state != null && state.ready) {
          // It waited for a paused run to go on.
          state.ready = false;
          busy--;
        } else if (state != null && isUnderWay(n, state)) {
          run.attempts.stopping().stop(this, n);
        }
      }
    }
    run.list(this);
  }

  /** Begun and not over; a node that only stands in the queue is neither. */
  private boolean isUnderWay(int n, NodeState state) {
    NodeStatus now = status(n);
    return now == PENDING ? state.held : !now.isFinal();
  }

  private void finish() {
    endWithRun();
    owner.over(this);
  }

  /** What has not begun by now never will. */
  void endWithRun() {
    for (int n = 0; n < status.length; n++) {
      if (!isDecided(n)) {
        status[n] = SKIPPED_BYTE;
        state(n).reason = "the execution ended first";
        run.seq++;
        run.emitter.over(this, n);
      }
    }
  }

  /** Gives up on nodes that do not return: they count as cancelled. */
  void abandon() {
    for (int n = 0; n < status.length; n++) {
      NodeState state = stateOrNull(n);
      if (state == null) {
        continue;
      }
      if (state.work instanceof Work work && work.abandon()) {
        continue;
      }
      if (state.call != null && !status(n).isFinal()) {
        run.attempts.end(this, n, CANCELLED);
      }
    }
  }
}
