package io.flowforge.internal.plan;

import io.flowforge.flow.CachePolicy;
import io.flowforge.flow.CircuitBreaker;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Join;
import io.flowforge.flow.Node;
import io.flowforge.flow.RateLimit;
import io.flowforge.flow.Retry;
import io.flowforge.internal.expression.Template;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionDescriptor;
import org.jspecify.annotations.Nullable;

/** One node of a {@link Plan}: its action, its config and its policies, resolved once. */
public final class PlanNode {
  /** Port number of {@code error}, the same for every node. */
  public static final int ERROR = Integer.MAX_VALUE;

  /** Port number of "no port at all". */
  public static final int NONE = -1;

  private static final int QUICK_RUNS = 16;

  public final int index;
  public final Node node;
  public final String id;

  /** Canonical type. */
  public final String type;

  public final NodeKind kind;
  public final Action<Object> action;
  public final ActionDescriptor<?> descriptor;
  public final String[] ports;
  public final ConfigPlan config;

  /** The bound config when it holds no template. */
  public final @Nullable Object constantConfig;

  public final boolean blocking;
  public final @Nullable Retry retry;

  /** Longest time of an attempt in microseconds; 0 is none. */
  public final long attemptMicros;

  /** Longest time of all attempts in microseconds; 0 is none. */
  public final long totalMicros;

  public final @Nullable CachePolicy cache;
  public final @Nullable Template cacheKey;
  public final @Nullable RateLimit rateLimit;
  public final @Nullable Template rateKey;
  public final @Nullable CircuitBreaker breaker;
  public final @Nullable Template breakerKey;
  public final @Nullable Template fallback;
  public final boolean hasErrorEdge;

  /** Taken edges that start it: 0 is all, otherwise the number. */
  public final int needed;

  /** No policy, no wait, no thread: runs on the thread that made it ready. */
  public final boolean plain;

  /** Measured runs in a row that took a microsecond at most; threads may race to count. */
  private int quickRuns;

  /** The body of a loop, or an inline sub-flow. Set by the planner. */
  public @Nullable Plan body;

  /** What undoes it, as a plan of one node. Set by the planner. */
  public @Nullable Plan compensation;

  PlanNode(Draft draft) {
    index = draft.index;
    node = draft.node;
    id = draft.node.id();
    kind = draft.kind;
    action = draft.action;
    descriptor = draft.descriptor;
    type = descriptor.type();
    ports = draft.ports;
    config = draft.config;
    constantConfig = draft.config.constant();
    retry = draft.retry;
    attemptMicros = draft.attemptMicros;
    totalMicros = draft.totalMicros;
    cache = node.cache().orElse(null);
    cacheKey = draft.cacheKey;
    rateLimit = node.rateLimit().orElse(null);
    rateKey = draft.rateKey;
    breaker = node.circuitBreaker().orElse(null);
    breakerKey = draft.breakerKey;
    fallback = draft.fallback;
    hasErrorEdge = draft.hasErrorEdge;
    needed = needed(node.join());
    blocking = descriptor.isBlocking();
    plain =
        kind == NodeKind.ACTION
            && !blocking
            && !draft.intercepted
            && !node.disabled()
            && node.compensate().isEmpty()
            && cache == null
            && rateLimit == null
            && breaker == null
            && attemptMicros == 0
            && totalMicros == 0;
  }

  private static int needed(Join join) {
    if (join instanceof Join.Any) {
      return 1;
    }
    return join instanceof Join.AtLeast least ? least.count() : 0;
  }

  /** Whether the node has been measured to take less than the clock can tell. */
  public boolean isQuick() {
    return quickRuns >= QUICK_RUNS;
  }

  /** Notes how long a run took. */
  public void measured(long micros) {
    quickRuns = micros <= 1 ? Math.min(quickRuns + 1, QUICK_RUNS) : 0;
  }

  /** The number of a port; {@link #NONE} when the node has no such port. */
  public int port(String name) {
    if (name.equals(Edge.ERROR)) {
      return ERROR;
    }
    for (int i = 0; i < ports.length; i++) {
      if (ports[i].equals(name)) {
        return i;
      }
    }
    return NONE;
  }

  /** The name of a port. */
  public String portName(int number) {
    return number == ERROR ? Edge.ERROR : ports[number];
  }

  /** Whether it stands idle most of its time, and so takes no place of the parallelism limit. */
  public boolean takesPlace() {
    return kind == NodeKind.ACTION;
  }

  /** The parts of a node while it is planned. */
  static final class Draft {
    final int index;
    final Node node;
    final NodeKind kind;
    final Action<Object> action;
    final ActionDescriptor<?> descriptor;
    final String[] ports;
    final ConfigPlan config;
    @Nullable Retry retry;
    long attemptMicros;
    long totalMicros;
    @Nullable Template cacheKey;
    @Nullable Template rateKey;
    @Nullable Template breakerKey;
    @Nullable Template fallback;
    boolean hasErrorEdge;
    boolean intercepted;

    Draft(
        int index,
        Node node,
        NodeKind kind,
        NodeTypes.Known type,
        String[] ports,
        ConfigPlan config) {
      this.index = index;
      this.node = node;
      this.kind = kind;
      this.action = type.action();
      this.descriptor = type.descriptor();
      this.ports = ports;
      this.config = config;
    }
  }
}
