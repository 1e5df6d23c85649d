package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.QueueOptions;
import io.flowforge.flow.Concurrency;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Run;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queue of an execution, as flow and caller wish it.
 *
 * @param queue name of the queue, 1 to 255 characters
 * @param limit executions at once; at least 1
 * @param overlap what happens when it is full
 * @param priority smaller numbers go first
 */
record Turns(String queue, int limit, Concurrency.Overlap overlap, int priority) {

  /**
   * The queue of a run; null when it is in none. Fails when the key of the flow cannot be made of
   * the inputs.
   */
  static @Nullable Turns of(Run run, Plan plan, QueueOptions wanted) {
    Concurrency own = plan.flow.settings().concurrency();
    String queue;
    if (wanted.key() != null) {
      // No id of a flow begins like this, so it is none of their queues.
      queue = ":" + wanted.key();
    } else if (own != null) {
      queue = run.concurrencyKey();
    } else {
      checkUnused(plan, wanted);
      return null;
    }
    int limit = wanted.limit() > 0 ? wanted.limit() : own == null ? 1 : own.limit();
    Concurrency.Overlap overlap = wanted.overlap();
    if (overlap == null) {
      overlap = own == null ? Concurrency.Overlap.QUEUE : own.overlap();
    }
    return new Turns(queue, limit, overlap, wanted.priority());
  }

  private static void checkUnused(Plan plan, QueueOptions wanted) {
    if (wanted.limit() > 0
        || wanted.overlap() != null
        || wanted.priority() != 0
        || wanted.rate() != null) {
      throw new FlowForgeException(
          "FF-QUEUE-KEY",
          "limit, overlap, priority and rate need a queue; name one with QueueOptions.withKey, or"
              + " give flow "
              + plan.flow.id()
              + " settings.concurrency",
          Map.of("flowId", plan.flow.id()),
          false,
          null);
    }
  }

  /** Refuses what only a store can keep. */
  static void checkWithoutStore(QueueOptions wanted) {
    if (wanted.notBefore() != null
        || !wanted.delay().isZero()
        || wanted.dedupKey() != null
        || wanted.debounce() != null
        || wanted.rate() != null) {
      throw new FlowForgeException(
          "FF-STORE-NONE",
          "notBefore, delay, dedupKey, debounce and rate of QueueOptions need a store; give the"
              + " engine one");
    }
  }
}
