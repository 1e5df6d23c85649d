package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.QueueOptions;
import io.flowforge.StartOptions;
import io.flowforge.StartOutcomeUnknownException;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Run;
import io.flowforge.internal.run.Start;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.QueuePlace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Starts executions of an engine with a store that may have to wait before they begin. They are
 * written without an owner; whoever claims them, once the store lets it, begins them. So what waits
 * in line costs no memory, and it goes on when the engine that took it in is gone.
 */
final class QueuedStarts {
  private final Persistence persistence;
  private final EngineHost host;
  private final Queueing queueing;
  private final CommitQueue commits;

  QueuedStarts(Persistence persistence, EngineHost host, Queueing queueing, CommitQueue commits) {
    this.persistence = persistence;
    this.host = host;
    this.queueing = queueing;
    this.commits = commits;
  }

  /** Whether a start may have to wait. */
  static boolean concerns(Plan plan, QueueOptions wanted) {
    return plan.flow.settings().concurrency() != null || !wanted.equals(QueueOptions.NONE);
  }

  /** The id of a start: the given one, unless its deduplication key stands for another. */
  String id(String given, StartOptions how) {
    String key = how.queue().dedupKey();
    return key == null ? given : queueing.dedup(how.tenant(), key, given);
  }

  /** The place of an execution; null when it may begin at once, if only to fail for its key. */
  @Nullable QueuePlace place(Plan plan, String id, Start start, QueueOptions wanted) {
    if (!concerns(plan, wanted)) {
      return null;
    }
    Turns turns;
    try {
      turns = Turns.of(new Run(host, plan, id, persistence.now(), start), plan, wanted);
    } catch (RuntimeException broken) {
      if (plan.flow.settings().concurrency() == null || wanted.key() != null) {
        throw broken;
      }
      return null;
    }
    return queueing.place(turns, id, wanted);
  }

  /** Starts an execution that has a place, and waits until the store has it. */
  Execution start(Plan plan, String id, Start given, QueuePlace place, StartOptions how) {
    Start.Debounce mark = queueing.mark(how.tenant(), how.queue());
    Start start = given.debounced(mark);
    Execution started =
        persistence.starts().accepted(id, write(plan, id, start, place), plan, start, true);
    QueueOptions.Debounce debounce = how.queue().debounce();
    if (mark != null && debounce != null && started.created()) {
      queueing.replaceOlder(id, mark, debounce.quiet());
    }
    return started;
  }

  /** Starts an execution under a new id, and gives its result when it has ended. */
  CompletionStage<ExecutionResult> result(Plan plan, String id, Start start, QueuePlace place) {
    CompletableFuture<ExecutionResult> end = persistence.ends().watch(id);
    write(plan, id, start, place)
        .whenComplete(
            (result, failure) -> {
              if (result != Commit.Result.APPLIED) {
                persistence.ends().unwatch(id, end);
                end.completeExceptionally(
                    failure == null ? new StartOutcomeUnknownException(id, null) : failure);
              }
            });
    return end.minimalCompletionStage();
  }

  private CompletableFuture<Commit.Result> write(
      Plan plan, String id, Start start, QueuePlace place) {
    NewExecution created = persistence.starts().owned(plan, id, start).withPlace(place);
    // A word of its own tells two starts of one id apart, as in the first page of any run.
    String page = "[{\"new\":\"" + persistence.newId() + "\"}]";
    HeadChange released = HeadChange.released(ExecutionStatus.PENDING, null, persistence.now());
    CompletableFuture<Commit.Result> written = new CompletableFuture<>();
    commits.submit(
        Commit.create(created, page).with(released),
        (result, failure) -> {
          if (result != null) {
            written.complete(result);
            persistence.wake();
          } else {
            written.completeExceptionally(
                failure == null ? new IllegalStateException("no answer") : failure);
          }
        });
    return written;
  }

  /** Why a run that was claimed is to end before it has begun; null when it is not. */
  @Nullable ExecutionError refusal(Run run, @Nullable String reason) {
    if (run.hasBegun()) {
      return null;
    }
    if (QueuePlace.REFUSED.equals(reason)) {
      return Queues.full();
    }
    Start.Debounce mark = run.start().debounce();
    return mark != null && queueing.isReplaced(run.id(), mark) ? Queueing.replaced() : null;
  }
}
