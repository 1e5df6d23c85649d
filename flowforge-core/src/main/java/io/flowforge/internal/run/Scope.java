package io.flowforge.internal.run;

import static io.flowforge.execution.NodeStatus.CANCELLED;
import static io.flowforge.execution.NodeStatus.PENDING;
import static io.flowforge.execution.NodeStatus.SKIPPED;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.NodeStatus;
import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import java.util.Arrays;
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
final class Scope extends NodeRuns {
  private static final byte SKIPPED_BYTE = (byte) SKIPPED.ordinal();

  final @Nullable Scope parent;

  /** Told when nothing is left to do here. */
  final ScopeOwner owner;

  /** Position of the iteration; -1 when this is none. */
  final int index;

  /** What {@code item} is here. */
  final @Nullable Object item;

  private final int[] undecided;
  private final int[] queue;
  private int head;
  private int tail;

  /** Null while every edge that is decided was taken. */
  private @Nullable DeadPaths dead;

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
    super(run, plan);
    this.parent = parent;
    this.owner = owner;
    this.index = index;
    this.item = item;
    undecided = plan.inDegree.clone();
    queue = new int[plan.nodes.length];
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
    boolean poison = isPoisoned(n);
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
    if (dead == null) {
      dead = new DeadPaths(plan);
    }
    dead.add(k, t);
    undecided[t]--;
    boolean eager = plan.eager != null && plan.eager[t];
    if (poison && !eager) {
      dead.poison(t);
    }
    if (eager) {
      decideEager(t);
    } else if (undecided[t] == 0) {
      allDecided(t);
    }
  }

  private void allDecided(int t) {
    if (dead != null && (dead.into(t) == plan.inDegree[t] || dead.isPoisoned(t))) {
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
    int deaths = dead == null ? 0 : dead.into(t);
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
    return dead != null && dead.contains(k);
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

  /** Whether an edge of the scope was decided and not taken. */
  boolean hasDead() {
    return dead != null;
  }

  /** Whether a node comes behind a failure that nobody handles. */
  boolean isPoisoned(int n) {
    return dead != null && dead.isPoisoned(n);
  }

  /** Whether an edge leaves a node through a port. */
  boolean hasEdgeOn(int n, String portName) {
    int port = plan.nodes[n].port(portName);
    for (int k = plan.outStart[n]; k < plan.outStart[n + 1]; k++) {
      if (plan.port[k] == port) {
        return true;
      }
    }
    return false;
  }

  // ---- addresses

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
    for (int n = 0; n < status.length; n++) {
      NodeState state = stateOrNull(n);
      if (state != null && state.ready) {
        // It waited for a paused run to go on.
        state.ready = false;
        busy--;
      } else if (state != null && isUnderWay(n, state)) {
        run.attempts.stopping().stop(this, n);
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
