package io.flowforge.internal.plan;

import io.flowforge.flow.Flow;
import io.flowforge.internal.expression.Condition;
import io.flowforge.internal.expression.Template;
import org.jspecify.annotations.Nullable;

/**
 * One level of a flow, made ready to run: everything that depends only on the flow is in here, as
 * arrays indexed by node number, so that a run searches for nothing.
 *
 * <p>Edges are stored as compressed rows: the outgoing edges of node n are the positions {@code
 * outStart[n]} to {@code outStart[n + 1]} of {@code target}, {@code port} and {@code condition};
 * the incoming ones are the positions {@code inStart[n]} to {@code inStart[n + 1]} of {@code
 * inEdge}, which holds positions of the former. Immutable once planned; shared by all runs.
 */
public final class Plan {
  /** The level's own graph: the whole flow, or a body. */
  public final Flow flow;

  /** The level this one is the body of; null for a whole flow. */
  public final @Nullable Plan parent;

  /** The node of the parent that this is the body of; -1 for a whole flow. */
  public final int parentNode;

  public final PlanNode[] nodes;
  public final int[] outStart;
  public final int[] target;
  public final int[] source;
  public final int[] port;

  /** Conditions by edge position; null when no edge has one. */
  public final @Nullable Condition @Nullable [] condition;

  public final int[] inStart;
  public final int[] inEdge;
  public final int[] inDegree;

  /** Nodes without incoming edges, in document order. */
  public final int[] entries;

  /** Per node: all its outgoing edges are on its first port and have no condition. */
  public final boolean[] simple;

  /** Per node: it does not wait for all its edges; null when no node is like that. */
  public final boolean @Nullable [] eager;

  /** Per node: the nodes whose error ports lead to it, nearest first; null when there are none. */
  public final int @Nullable [] @Nullable [] errorSources;

  /** Values that the level returns; null for the default. Set by the planner. */
  public @Nullable Template outputs;

  /** Initial variables; null when there are none. Set by the planner. */
  public @Nullable Template variables;

  /** Key of the execution limit; null when there is none or it is the flow's id. */
  public @Nullable Template concurrencyKey;

  /** Output nodes in document order; empty when the terminal nodes give the outputs. */
  public int[] outputNodes = {};

  /** Keys of the output nodes' values. */
  public String[] outputNames = {};

  /** Nodes without outgoing edges, error edges not counted, in document order. */
  public int[] terminals = {};

  /** Whether some node, here or in a body, is undone on failure. */
  public boolean compensates;

  Plan(Flow flow, @Nullable Plan parent, int parentNode, PlanNode[] nodes, Wiring wiring) {
    this.flow = flow;
    this.parent = parent;
    this.parentNode = parentNode;
    this.nodes = nodes;
    this.outStart = wiring.outStart;
    this.target = wiring.target;
    this.source = wiring.source;
    this.port = wiring.port;
    this.condition = wiring.condition;
    this.inStart = wiring.inStart;
    this.inEdge = wiring.inEdge;
    this.inDegree = wiring.inDegree;
    this.entries = wiring.entries;
    this.simple = wiring.simple;
    this.eager = wiring.eager;
    this.errorSources = wiring.errorSources;
  }

  /** The node number of an id; -1 when there is none. */
  public int indexOf(String id) {
    for (PlanNode node : nodes) {
      if (node.id.equals(id)) {
        return node.index;
      }
    }
    return -1;
  }

  /** The whole flow's plan. */
  public Plan root() {
    Plan plan = this;
    while (plan.parent != null) {
      plan = plan.parent;
    }
    return plan;
  }
}
