package io.flowforge.internal.engine;

import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.internal.run.Run;
import io.flowforge.spi.store.ExecutionRecord;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Tells those who wait for the ends of executions, wherever these come. */
final class EndWatch {
  private final StoreParts parts;
  private final Engine engine;
  private final Function<String, Run> view;
  private final Map<String, CompletableFuture<ExecutionResult>> watched = new ConcurrentHashMap<>();

  /**
   * Makes one.
   *
   * @param view the state of an execution by its id
   */
  EndWatch(StoreParts parts, Engine engine, Function<String, Run> view) {
    this.parts = parts;
    this.engine = engine;
    this.view = view;
  }

  /** Completes when the execution ends, wherever that is. */
  CompletableFuture<ExecutionResult> watch(String id) {
    CompletableFuture<ExecutionResult> end = expect(id);
    if (engine.local(id) == null) {
      parts.drivers().dispatch(this::look);
    }
    return end;
  }

  /** The same for one that has not begun yet. */
  CompletableFuture<ExecutionResult> expect(String id) {
    return watched.computeIfAbsent(id, key -> new CompletableFuture<>());
  }

  /** Nobody is told of an end that cannot come; false when it was told before. */
  boolean unwatch(String id, CompletableFuture<ExecutionResult> end) {
    return watched.remove(id, end);
  }

  /** A run in this process has ended. */
  void ended(Run run) {
    CompletableFuture<ExecutionResult> end = watched.remove(run.id());
    if (end != null) {
      end.complete(run);
    }
  }

  /** Executions that someone waits for may have ended elsewhere. */
  void look() {
    for (String id : watched.keySet()) {
      if (engine.local(id) == null) {
        // Inside of the chain, so that a store that throws at once does not end all looking.
        CompletableFuture.completedFuture(id)
            .thenCompose(parts.store()::find)
            .thenAccept(head -> head.ifPresent(this::tellIfEnded));
      }
    }
  }

  private void tellIfEnded(ExecutionRecord head) {
    if (head.status().isFinal()) {
      parts.drivers().dispatch(() -> tell(head.id()));
    }
  }

  private void tell(String id) {
    CompletableFuture<ExecutionResult> end = watched.get(id);
    if (end == null) {
      return;
    }
    try {
      Run run = view.apply(id);
      // The store may know of the end of a run here before the run does, which tells it then.
      if (run.status().isFinal() && unwatch(id, end)) {
        end.complete(run);
      }
    } catch (RuntimeException unreadable) {
      unwatch(id, end);
      end.completeExceptionally(unreadable);
    }
  }

  /** The engine is closed. */
  void close() {
    for (CompletableFuture<ExecutionResult> end : watched.values()) {
      end.completeExceptionally(
          new FlowForgeException(
              "FF-CLOSED", "the engine was closed; the execution goes on where the store is open"));
    }
  }
}
