package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForgeException;
import io.flowforge.QueueOptions;
import io.flowforge.StartOutcomeUnknownException;
import io.flowforge.internal.fault.FaultPoints;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Ownership;
import io.flowforge.internal.run.Run;
import io.flowforge.internal.run.Start;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.QueuePlace;
import io.flowforge.spi.store.StoreException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Begins executions in a store: those of callers, which count once they are written, those of
 * sub-flows, which are written with a page of their parent, and those that whoever claims them
 * first runs.
 */
final class StoredStarts {
  private final Persistence on;
  private final StoreParts parts;
  private final Engine engine;
  private final EngineHost host;

  StoredStarts(Persistence on, StoreParts parts, Engine engine, EngineHost host) {
    this.on = on;
    this.parts = parts;
    this.engine = engine;
    this.host = host;
  }

  private long now() {
    return parts.time().epochMicros();
  }

  /** A run that will create its execution with its first page. */
  Run prepare(Plan plan, String id, Start start) {
    parts.archive().keep(plan);
    long now = now();
    String worker = on.worker();
    NewExecution created = created(plan, id, start, now, worker);
    return new Run(host, plan, id, now, start, new Ownership(worker, 1, 0, 0, created));
  }

  /** Begins a run, and waits until the store has it. */
  Execution start(Run run, Plan plan, Start start) {
    String id = run.id();
    FaultPoints.hit("start.before");
    if (engine.admit(run, plan)) {
      return accepted(id, run.accepted(), plan, start, true);
    }
    Run other = engine.local(id);
    if (other == null) {
      return known(id, plan, start);
    }
    checkSame(id, plan, start, other.flow().contentHash(), other.start());
    return accepted(id, other.accepted(), plan, start, false);
  }

  /** Begins a run with an event; whether it was the first of its id, once the store has it. */
  CompletionStage<Boolean> fire(Run run, Plan plan) {
    if (!engine.admit(run, plan)) {
      Run other = engine.local(run.id());
      CompletionStage<Commit.Result> kept =
          other == null
              ? CompletableFuture.completedFuture(Commit.Result.EXISTS)
              : other.accepted();
      return kept.thenApply(result -> false);
    }
    parts.claims().name(run.id());
    return run.accepted().thenApply(result -> isNew(run.id(), result));
  }

  private static boolean isNew(String id, Commit.Result result) {
    return switch (result) {
      case APPLIED -> true;
      case EXISTS -> false;
      default -> throw fenced(id);
    };
  }

  /** Begins a run under a new id, and gives its result when it has ended. */
  CompletionStage<ExecutionResult> result(Run run, Plan plan) {
    CompletableFuture<ExecutionResult> end = on.ends().expect(run.id());
    parts.claims().name(run.id());
    engine.admit(run, plan);
    run.accepted()
        .whenComplete(
            (result, failure) -> {
              if (result != Commit.Result.APPLIED && on.ends().unwatch(run.id(), end)) {
                end.completeExceptionally(
                    failure == null ? new StartOutcomeUnknownException(run.id(), null) : failure);
              }
            });
    return end.minimalCompletionStage();
  }

  /** Waits until the first page of an execution is written, whoever started it. */
  Execution accepted(
      String id, CompletionStage<Commit.Result> written, Plan plan, Start start, boolean created) {
    Commit.Result result;
    try {
      result = StoreCalls.get(written, parts.patienceMicros());
    } catch (StoreException failed) {
      if (failed.kind() == StoreException.Kind.FATAL) {
        throw failed;
      }
      // The page stays on its way: whoever starts with this id again waits for the same answer.
      throw new StartOutcomeUnknownException(id, failed);
    }
    return switch (result) {
      case APPLIED -> {
        FaultPoints.hit("start.after");
        parts.claims().name(id);
        yield new StoredHandle(on, plan.flow, id, created);
      }
      case EXISTS -> known(id, plan, start);
      default -> throw fenced(id);
    };
  }

  private static FlowForgeException fenced(String id) {
    return new FlowForgeException(
        "FF-FENCED",
        "the engine has lost its lease and enlists anew; start execution " + id + " again",
        Map.of("executionId", id),
        true,
        null);
  }

  /** An execution that has the id already; it must be the same start. */
  private Execution known(String id, Plan plan, Start start) {
    ExecutionRecord head =
        on.head(id).orElseThrow(() -> new StartOutcomeUnknownException(id, null));
    Start first = StartText.parse(head.start(), head.tenant(), head.attributes());
    checkSame(id, plan, start, head.flowHash(), first);
    parts.claims().name(id);
    on.wake();
    return new StoredHandle(on, plan.flow, id, false);
  }

  private static void checkSame(String id, Plan plan, Start start, String hash, Start first) {
    boolean same =
        hash.equals(plan.flow.contentHash())
            && first.inputs().equals(start.inputs())
            && first.tenant().equals(start.tenant());
    if (!same) {
      throw Engine.conflict(id);
    }
  }

  private static NewExecution created(
      Plan plan, String id, Start start, long now, @Nullable String worker) {
    return new NewExecution(
        id,
        plan.flow.id(),
        plan.flow.contentHash(),
        start.tenant(),
        start.attributes(),
        StartText.of(start),
        now,
        worker);
  }

  /** The execution of a sub-flow, created with the next page of its parent and begun behind it. */
  void startChild(Run parent, Plan plan, String id, Start start) {
    parts.archive().keep(plan);
    parts.claims().name(id);
    QueuePlace place = on.queued().place(plan, id, start, QueueOptions.NONE);
    if (place != null) {
      parent.addChild(unowned(plan, id, start, place), on::wake);
      return;
    }
    long now = now();
    String worker = parent.worker();
    NewExecution created = created(plan, id, start, now, worker);
    Run run = new Run(host, plan, id, now, start, new Ownership(worker, 1, 0, 0, null));
    parent.addChild(created, () -> engine.admitAlways(run, plan));
  }

  /** An execution that whoever claims it first runs, once its place in a queue lets it. */
  NewExecution unowned(Plan plan, String id, Start start, @Nullable QueuePlace place) {
    parts.archive().keep(plan);
    parts.claims().name(id);
    return created(plan, id, start, now(), null).withPlace(place);
  }

  /** An execution that this worker creates. */
  NewExecution owned(Plan plan, String id, Start start) {
    parts.archive().keep(plan);
    parts.claims().name(id);
    return created(plan, id, start, now(), on.worker());
  }
}
