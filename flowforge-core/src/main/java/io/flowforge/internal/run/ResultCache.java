package io.flowforge.internal.run;

import io.flowforge.internal.plan.PlanNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Results of nodes kept for reuse. */
public interface ResultCache {
  /** A result with its port. */
  record Entry(int port, @Nullable Object output) {}

  /** What is in memory. */
  @Nullable Entry get(CacheKey key);

  /**
   * Asks for what other engines have kept; what comes of it is in memory then.
   *
   * @param answered run once, on a thread that may drive a run: {@link #get} knows more, or there
   *     is no use in waiting
   * @return whether {@code answered} will be run; false when {@link #get} knows all there is by now
   */
  boolean ask(CacheKey key, PlanNode node, Runnable answered);

  void put(CacheKey key, PlanNode node, Entry entry, Duration ttl);
}
