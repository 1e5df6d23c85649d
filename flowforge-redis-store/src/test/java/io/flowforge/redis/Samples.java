package io.flowforge.redis;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Executions and steps to try a store with. */
final class Samples {
  static final Duration LEASE = Duration.ofMinutes(5);

  private Samples() {}

  /** Waits for an answer. */
  static <T> T get(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw failed;
    }
  }

  /** An execution of one worker, or of nobody yet. */
  static NewExecution execution(String id, String worker) {
    return started(id, worker, 1_000_000);
  }

  static NewExecution started(String id, String worker, long micros) {
    return new NewExecution(id, "flow", "hash", "", Map.of(), "{}", micros, worker);
  }

  static Commit first(String id, String worker) {
    return Commit.create(execution(id, worker), "[1]");
  }

  static Commit page(String id, String worker, long position) {
    return Commit.page(id, worker, 1, position, "[" + position + "]");
  }

  static Message signal(String id) {
    return new Message(id, Message.Kind.SIGNAL, "go", "{}");
  }

  /** Adds executions that nobody owns and all may claim. */
  static void addUnowned(FlowStore store, String worker, List<String> ids) {
    Commit parent = first("parent-of-" + ids.get(0), worker);
    List<NewExecution> children = ids.stream().map(id -> execution(id, null)).toList();
    get(
        store.commit(
            List.of(
                new Commit(
                    parent.executionId(),
                    worker,
                    1,
                    1,
                    "[]",
                    parent.create(),
                    HeadChange.ended(ExecutionStatus.COMPLETED, null, 1),
                    children,
                    List.of(),
                    List.of(),
                    List.of(),
                    0))));
  }

  /** Calls again and again until there is an answer. */
  static <T> T again(Supplier<CompletionStage<T>> call) {
    AtomicReference<T> answer = new AtomicReference<>();
    Eventually.holds(
        Duration.ofSeconds(30),
        () -> {
          try {
            answer.set(get(call.get()));
            return true;
          } catch (StoreException failed) {
            return false;
          }
        });
    return answer.get();
  }
}
