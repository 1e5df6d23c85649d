package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.OutgoingMessage;
import io.flowforge.spi.store.ReceivedMessage;
import io.flowforge.spi.store.StoredExecution;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How operations reach stored executions: reads them, takes those that nobody drives, and writes
 * their pages by the right of the engine's worker.
 *
 * @param store the engine's store
 * @param archive its flows
 * @param persistence the engine's worker
 * @param patienceMicros how long a caller waits for the store
 */
record ExecutionAccess(
    FlowStore store, FlowArchive archive, Persistence persistence, long patienceMicros) {

  <T> T get(CompletionStage<T> stage) {
    return StoreCalls.get(stage, patienceMicros);
  }

  /** The head of an execution, or its refusal. */
  ExecutionRecord head(String id) {
    return get(store.find(id)).orElseThrow(() -> Persistence.unknown(id));
  }

  StoredExecution whole(String id) {
    List<StoredExecution> found = get(store.load(List.of(id)));
    if (found.isEmpty()) {
      throw Persistence.unknown(id);
    }
    return found.get(0);
  }

  /** Takes an execution that nobody drives; empty when somebody does. */
  Optional<ExecutionRecord> take(String id) {
    return get(store.claim(persistence.worker(), id));
  }

  /** Writes a page of an execution that was taken. */
  Commit.Result write(Commit page) {
    Commit.@Nullable Result result = get(store.commit(List.of(page))).get(0);
    return result == null ? Commit.Result.FENCED : result;
  }

  /** The page behind the last of an execution that was taken. */
  Commit next(ExecutionRecord taken, String page) {
    return Commit.page(taken.id(), persistence.worker(), taken.epoch(), taken.position() + 1, page);
  }

  /** The same page, which also counts messages as read, and sends others. */
  static Commit with(Commit page, long readUpTo, List<OutgoingMessage> messages) {
    return new Commit(
        page.executionId(),
        page.worker(),
        page.epoch(),
        page.position(),
        page.page(),
        null,
        page.change(),
        List.of(),
        List.of(),
        List.of(),
        messages,
        readUpTo);
  }

  /** The status once the messages that lie there have been heard. */
  static ExecutionStatus status(StoredExecution stored) {
    ExecutionStatus status = stored.head().status();
    for (ReceivedMessage unread : stored.unread()) {
      if (!status.isFinal() && status != ExecutionStatus.PARKED) {
        status =
            switch (unread.message().kind()) {
              case PAUSE -> ExecutionStatus.PAUSED;
              case RESUME, CANCEL -> ExecutionStatus.RUNNING;
              default -> status;
            };
      }
    }
    return status;
  }

  static FlowForgeException fenced() {
    return new FlowForgeException(
        "FF-FENCED",
        "the engine has lost its lease and enlists anew; try again",
        java.util.Map.of(),
        true,
        null);
  }

  static FlowForgeException active(String id, ExecutionStatus status, String rule) {
    return new FlowForgeException(
        "FF-EXECUTION-ACTIVE", "execution " + id + " is " + status + "; " + rule);
  }
}
