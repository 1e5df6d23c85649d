package io.flowforge.internal.run;

import io.flowforge.internal.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * The edges of a scope that were decided and not taken, and the nodes behind a failure that nobody
 * handles, which are skipped whatever else comes to them. Made with the first such edge.
 *
 * <p>Only the thread that drives the run touches it.
 */
final class DeadPaths {
  /** How many edges into a node are dead, by its number. */
  private final int[] into;

  /** A bit for each edge, by its position. */
  private final long[] edges;

  private boolean @Nullable [] poisoned;

  DeadPaths(Plan plan) {
    into = new int[plan.nodes.length];
    edges = new long[(plan.target.length + 63) >>> 6];
  }

  /** An edge into a node dies. */
  void add(int edge, int target) {
    into[target]++;
    edges[edge >>> 6] |= 1L << (edge & 63);
  }

  boolean contains(int edge) {
    return (edges[edge >>> 6] & (1L << (edge & 63))) != 0;
  }

  /** How many edges into a node are dead. */
  int into(int node) {
    return into[node];
  }

  /** A node comes behind a failure that nobody handles. */
  void poison(int node) {
    if (poisoned == null) {
      poisoned = new boolean[into.length];
    }
    poisoned[node] = true;
  }

  boolean isPoisoned(int node) {
    return poisoned != null && poisoned[node];
  }
}
