package io.flowforge.flow;

import org.jspecify.annotations.Nullable;

/**
 * How many executions of a flow may run at once under one key: within all engines that share a
 * store, or within one engine without a store.
 *
 * @param key template over {@code inputs}; null is the flow's id
 * @param limit executions at once; at least 1, default 1
 * @param overlap what happens to a start past the limit; default queue
 */
public record Concurrency(@Nullable String key, int limit, Overlap overlap) {
  /** What happens to a start past the limit. */
  public enum Overlap {
    /** It waits its turn, in the order of acceptance, with status PENDING. */
    QUEUE,
    /** It waits its turn when no other waits; otherwise it ends as with {@link #SKIP}. */
    QUEUE_ONE,
    /** It ends at once as CANCELLED with code {@code FF-OVERLAP}. */
    SKIP,
    /** The oldest running one is cancelled and it takes its place. */
    CANCEL_PREVIOUS
  }

  /** Checks the limit. */
  public Concurrency {
    Checks.atLeast("concurrency.limit", limit, 1);
  }
}
