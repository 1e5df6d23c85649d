package io.flowforge.internal.engine;

import io.flowforge.Execution;
import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Copies;
import io.flowforge.internal.run.Start;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.StoredExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators do with stored executions. */
final class Operations {
  private static final int BATCH = 500;

  private final FlowStore store;
  private final FlowArchive archive;
  private final Persistence persistence;
  private final long patienceMicros;

  Operations(FlowStore store, FlowArchive archive, Persistence persistence, long patienceMicros) {
    this.store = store;
    this.archive = archive;
    this.persistence = persistence;
    this.patienceMicros = patienceMicros;
  }

  List<ExecutionRecord> list(ExecutionQuery query) {
    return StoreCalls.get(store.list(query), patienceMicros);
  }

  int purge(Set<ExecutionStatus> statuses, Duration age) {
    long before = persistence.now() - SharedGates.micros(age);
    int all = 0;
    int deleted = BATCH;
    while (deleted == BATCH) {
      deleted = StoreCalls.get(store.purge(statuses, before, BATCH), patienceMicros);
      all += deleted;
    }
    return all;
  }

  Execution retry(String id) {
    StoredExecution from = ended(id);
    Plan plan = archive.plan(from.head().flowHash());
    Copies copies = new Copies(plan, from.pages());
    Start start = start(from.head());
    String keys = start.keysOf() == null ? id : start.keysOf();
    return copy(from.head(), plan, copies, copies.unfinished(), Map.of(), start.copied(keys));
  }

  Execution fork(String id, String nodeId, Map<String, Object> variables) {
    StoredExecution from = ended(id);
    Plan plan = archive.plan(from.head().flowHash());
    Copies copies = new Copies(plan, from.pages());
    Set<String> again = copies.from(nodeId);
    if (again.isEmpty()) {
      throw new FlowForgeException(
          "FF-NODE-UNKNOWN",
          "flow " + plan.flow.id() + " has no node " + Shown.quoted(nodeId) + " to fork from");
    }
    return copy(from.head(), plan, copies, again, variables, start(from.head()).copied(null));
  }

  private static Start start(ExecutionRecord head) {
    return StartText.parse(head.start(), head.tenant(), head.attributes());
  }

  private StoredExecution ended(String id) {
    List<StoredExecution> found = StoreCalls.get(store.load(List.of(id)), patienceMicros);
    if (found.isEmpty()) {
      throw Persistence.unknown(id);
    }
    ExecutionStatus status = found.get(0).head().status();
    if (!status.isFinal()) {
      throw new FlowForgeException(
          "FF-EXECUTION-ACTIVE",
          "execution " + id + " is " + status + "; only ended ones are copied, cancel it first");
    }
    return found.get(0);
  }

  private Execution copy(
      ExecutionRecord from,
      Plan plan,
      Copies copies,
      Set<String> again,
      Map<String, Object> variables,
      Start start) {
    String page = copies.page(again, variables, persistence.newId());
    String base = base(from.id());
    for (int number = 2; ; number++) {
      String id = base + "~" + number;
      NewExecution created =
          new NewExecution(
              id,
              from.flowId(),
              from.flowHash(),
              from.tenant(),
              from.attributes(),
              StartText.of(start),
              persistence.now(),
              persistence.worker());
      Commit commit =
          Commit.create(created, page)
              .with(HeadChange.released(ExecutionStatus.RUNNING, null, persistence.now()));
      Commit.@Nullable Result result =
          StoreCalls.get(store.commit(List.of(commit)), patienceMicros).get(0);
      if (result == Commit.Result.APPLIED) {
        persistence.adopt(id);
        persistence.wake();
        return new StoredHandle(persistence, plan.flow, id, true);
      }
      if (result != Commit.Result.EXISTS) {
        throw new FlowForgeException(
            "FF-FENCED", "the engine has lost its lease and enlists anew; try again");
      }
    }
  }

  /** The id without the number of a copy. */
  private static String base(String id) {
    return id.replaceFirst("~\\d{1,9}$", "");
  }
}
