package io.flowforge.internal.engine;

import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Takes executions from the store: any that nobody drives, or only those that were named because
 * this engine began them, was told to go on with them, or because they were set off by such ones.
 */
final class Claims {
  private final FlowStore store;
  private final boolean any;
  private final Set<String> named = ConcurrentHashMap.newKeySet();

  Claims(FlowStore store, boolean any) {
    this.store = store;
    this.any = any;
  }

  /** From now on this execution is one to take, until it has ended. */
  void name(String id) {
    if (!any) {
      named.add(id);
    }
  }

  void ended(String id) {
    named.remove(id);
  }

  /** The heads of what it took. */
  CompletionStage<List<ExecutionRecord>> take(
      String worker, int room, long nowMicros, Predicate<String> isHere) {
    if (any) {
      return store.claim(worker, room);
    }
    CompletionStage<List<ExecutionRecord>> all = CompletableFuture.completedFuture(List.of());
    for (String id : named) {
      if (!isHere.test(id)) {
        all = all.thenCombine(take(worker, nowMicros, id), Claims::with);
      }
    }
    return all;
  }

  private CompletionStage<Optional<ExecutionRecord>> take(
      String worker, long nowMicros, String id) {
    return store
        .find(id)
        .thenCompose(
            head -> {
              if (head.isPresent() && head.get().status().isFinal()) {
                ended(id);
              }
              return head.filter(found -> mayBeTaken(found, nowMicros)).isPresent()
                  ? store.claim(worker, id)
                  : CompletableFuture.completedFuture(Optional.empty());
            });
  }

  /** Whether it is due, or its owner may be dead; the store knows that. */
  private static boolean mayBeTaken(ExecutionRecord head, long nowMicros) {
    long due = head.claimAtMicros();
    return !head.status().isFinal() && (head.worker() != null || due > 0 && due <= nowMicros);
  }

  private static List<ExecutionRecord> with(
      List<ExecutionRecord> heads, Optional<ExecutionRecord> head) {
    if (head.isEmpty()) {
      return heads;
    }
    List<ExecutionRecord> more = new ArrayList<>(heads);
    more.add(head.get());
    return more;
  }
}
