package io.flowforge.internal.engine;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.run.ParkReason;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Looks for executions that a process has parked because it did not know a node type or a flow, or
 * could not read the journal, as one of an older version or without a plugin. Each is offered to
 * this engine, which may know better: once, as while versions are mixed none is to be passed to and
 * fro, but again and again where a flow was missing, which this engine may come to know.
 */
final class ParkedExecutions {
  private static final int PAGE = 200;
  private static final int MOST_KNOWN = 10_000;

  private final FlowStore store;
  private final Consumer<ExecutionRecord> takeUp;

  /** Those that were offered; only one look at a time touches it. */
  private final Set<String> offered = new HashSet<>();

  ParkedExecutions(FlowStore store, Consumer<ExecutionRecord> takeUp) {
    this.store = store;
    this.takeUp = takeUp;
  }

  /** This engine has parked it, so another is to take it up. */
  synchronized void isForOthers(String id) {
    offered.add(id);
  }

  /** It could not be taken up, and is offered again. */
  synchronized void isStillParked(String id) {
    offered.remove(id);
  }

  /** Looks through all that is parked. */
  CompletionStage<Void> look() {
    return look(ExecutionQuery.NEWEST.withStatuses(Set.of(ExecutionStatus.PARKED)).withLimit(PAGE));
  }

  private CompletionStage<Void> look(ExecutionQuery query) {
    return store
        .list(query)
        .thenCompose(
            found -> {
              news(found).forEach(takeUp);
              return found.size() < PAGE
                  ? CompletableFuture.<Void>completedFuture(null)
                  : look(query.after(found.get(found.size() - 1)));
            });
  }

  private synchronized List<ExecutionRecord> news(List<ExecutionRecord> parked) {
    if (offered.size() > MOST_KNOWN) {
      offered.clear();
    }
    return parked.stream()
        .filter(
            head ->
                ParkReason.unknownFlowOf(head.reason()) != null
                    || isMisfit(head) && offered.add(head.id()))
        .toList();
  }

  private static boolean isMisfit(ExecutionRecord head) {
    return ParkReason.UNKNOWN_NODE_TYPE.equals(head.reason())
        || ParkReason.STATE_UNSUPPORTED.equals(head.reason());
  }
}
