package io.flowforge.internal.engine;

import io.flowforge.ExecutionResult;
import io.flowforge.flow.Flow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs a flow once for each of many inputs, so many at a time. */
final class Batch {
  private final Engine engine;
  private final String tenant;
  private final Flow flow;
  private final List<? extends Map<String, ? extends @Nullable Object>> inputs;
  private final ExecutionResult[] results;
  private final CompletableFuture<List<ExecutionResult>> all = new CompletableFuture<>();
  private final AtomicInteger free;
  private final AtomicInteger left;
  private final AtomicInteger wanted = new AtomicInteger();
  private int next;

  Batch(
      Engine engine,
      String tenant,
      Flow flow,
      List<? extends Map<String, ? extends @Nullable Object>> inputs,
      int limit) {
    this.engine = engine;
    this.tenant = tenant;
    this.flow = flow;
    this.inputs = inputs;
    this.results = new ExecutionResult[inputs.size()];
    this.free = new AtomicInteger(limit);
    this.left = new AtomicInteger(inputs.size());
  }

  CompletionStage<List<ExecutionResult>> begin() {
    if (results.length == 0) {
      all.complete(List.of());
    } else {
      startSome();
    }
    return all.minimalCompletionStage();
  }

  /**
   * Executions that end at once come back while this still loops; only one thread loops at a time.
   */
  private void startSome() {
    if (wanted.getAndIncrement() > 0) {
      return;
    }
    int missed = 1;
    while (missed > 0) {
      while (next < results.length && !all.isDone() && free.get() > 0) {
        free.decrementAndGet();
        start(next++);
      }
      missed = wanted.addAndGet(-missed);
    }
  }

  private void start(int index) {
    try {
      engine
          .resultOf(tenant, flow, inputs.get(index))
          .whenComplete((result, failure) -> told(index, result, failure));
    } catch (RuntimeException refused) {
      all.completeExceptionally(refused);
    }
  }

  private void told(int index, @Nullable ExecutionResult result, @Nullable Throwable failure) {
    if (result == null) {
      all.completeExceptionally(failure == null ? new IllegalStateException("no result") : failure);
    } else {
      ended(index, result);
    }
  }

  private void ended(int index, ExecutionResult result) {
    results[index] = result;
    free.incrementAndGet();
    if (left.decrementAndGet() == 0) {
      all.complete(List.copyOf(Arrays.asList(results)));
    } else {
      startSome();
    }
  }
}
