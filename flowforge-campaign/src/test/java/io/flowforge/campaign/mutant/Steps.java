package io.flowforge.campaign.mutant;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.NewExecution;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls of a store as an engine makes them. */
final class Steps {
  private Steps() {}

  /** The answer of a call. */
  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** An execution to create; without a worker it is left to whoever claims it first. */
  static NewExecution execution(String id, @Nullable String worker) {
    return new NewExecution(id, "flow", "hash", "", Map.of(), "{}", 1_000_000, worker);
  }

  /** What became of one step. */
  static Commit.Result commit(FlowStore store, Commit step) {
    return get(store.commit(List.of(step))).get(0);
  }
}
