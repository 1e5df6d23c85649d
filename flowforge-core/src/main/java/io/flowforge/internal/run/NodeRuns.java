package io.flowforge.internal.run;

import static io.flowforge.execution.NodeStatus.COMPLETED;
import static io.flowforge.execution.NodeStatus.PENDING;

import io.flowforge.execution.NodeStatus;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/**
 * The state of all node runs of one scope, as arrays by node number; what only some need stands in
 * {@link NodeState}, made when it is needed.
 *
 * <p>A part of {@link Scope} by inheritance, which every node reads and writes. Only the thread
 * that drives the run touches it.
 */
abstract class NodeRuns {
  /** Status of a node that stands in the queue though not all its edges are decided. */
  static final byte QUEUED = 99;

  static final byte COMPLETED_BYTE = (byte) COMPLETED.ordinal();
  private static final NodeStatus[] STATUSES = NodeStatus.values();

  final Run run;
  final Plan plan;
  final byte[] status;
  final @Nullable Object[] output;

  /** Start and end of node n in microseconds at 2n and 2n + 1. */
  final long[] time;

  /** Ports other than the first that nodes without further state left through. */
  private byte @Nullable [] ports;

  private @Nullable NodeState @Nullable [] extra;

  NodeRuns(Run run, Plan plan) {
    this.run = run;
    this.plan = plan;
    int nodes = plan.nodes.length;
    status = new byte[nodes];
    output = new Object[nodes];
    time = new long[2 * nodes];
  }

  final NodeStatus status(int n) {
    return status[n] == QUEUED ? PENDING : STATUSES[status[n]];
  }

  final void status(int n, NodeStatus next) {
    status[n] = (byte) next.ordinal();
    run.seq++;
  }

  final @Nullable Object output(int n) {
    return output[n];
  }

  final void output(int n, @Nullable Object value) {
    output[n] = value;
  }

  final long startedMicros(int n) {
    return time[2 * n];
  }

  final void startedMicros(int n, long micros) {
    time[2 * n] = micros;
  }

  final long finishedMicros(int n) {
    return time[2 * n + 1];
  }

  final void finishedMicros(int n, long micros) {
    time[2 * n + 1] = micros;
  }

  final int attempts(int n) {
    NodeState state = stateOrNull(n);
    int counted = state == null ? 0 : state.attempts;
    // The short way of plain nodes counts nothing: they complete at the first attempt.
    boolean shortWay = state == null || plan.nodes[n].plain;
    return counted == 0 && shortWay && status[n] == COMPLETED_BYTE ? 1 : counted;
  }

  /** The port a node left through, as its name; null when it has not left. */
  final @Nullable String portName(int n) {
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
  final int portNumber(int n) {
    NodeState state = stateOrNull(n);
    if (state != null && state.port != PlanNode.NONE) {
      return state.port;
    }
    if (status[n] != COMPLETED_BYTE) {
      return PlanNode.NONE;
    }
    return ports == null ? 0 : ports[n];
  }

  final void port(int n, int port) {
    if (port > Byte.MAX_VALUE) {
      state(n).port = port;
      return;
    }
    if (ports == null) {
      ports = new byte[status.length];
    }
    ports[n] = (byte) port;
  }

  final NodeState state(int n) {
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

  final @Nullable NodeState stateOrNull(int n) {
    return extra == null ? null : extra[n];
  }

  /** Whether it is over or skipped. */
  final boolean isDecided(int n) {
    byte now = status[n];
    return now >= COMPLETED_BYTE && now != QUEUED;
  }
}
