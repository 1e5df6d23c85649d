package io.flowforge.internal.engine;

import io.flowforge.BulkResult;
import io.flowforge.Execution;
import io.flowforge.FlowForgeException;
import io.flowforge.QueueOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.JournalCopy;
import io.flowforge.internal.run.Start;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs ended executions once more, in part, as copies. */
final class Restarts {
  private static final Pattern BULK = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final int LONGEST_ID = 255;

  private final ExecutionAccess on;
  private final DeadLetters deadLetters;

  Restarts(ExecutionAccess on, DeadLetters deadLetters) {
    this.on = on;
    this.deadLetters = deadLetters;
  }

  /**
   * Which copy to make.
   *
   * @param from the execution
   * @param bulkId what the copy's id ends with; null numbers it
   */
  private record Order(StoredExecution from, @Nullable String bulkId) {
    ExecutionRecord head() {
      return from.head();
    }
  }

  Execution retry(String id) {
    return retry(new Order(ended(id), null));
  }

  Execution fork(String id, String nodeId, Map<String, Object> variables) {
    return fork(new Order(ended(id), null), nodeId, variables);
  }

  BulkResult retryAll(String bulkId, ExecutionQuery query) {
    return all(bulkId, query, this::retry);
  }

  BulkResult forkAll(
      String bulkId, ExecutionQuery query, String nodeId, Map<String, Object> variables) {
    return all(bulkId, query, order -> fork(order, nodeId, variables));
  }

  private BulkResult all(String bulkId, ExecutionQuery query, Function<Order, Execution> copier) {
    if (!BULK.matcher(bulkId).matches()) {
      throw new IllegalArgumentException(
          "bulkId must be a letter and at most 63 letters, digits, _ or -, was "
              + Shown.quoted(bulkId));
    }
    List<ExecutionRecord> found = on.get(on.store().list(query));
    List<BulkResult.Item> items = new ArrayList<>();
    for (ExecutionRecord head : found) {
      // Copies of an earlier call may well be among what the query finds.
      if (!head.id().endsWith("~" + bulkId)) {
        items.add(item(head.id(), bulkId, copier));
      }
    }
    boolean more = found.size() == query.limit();
    return new BulkResult(items, more ? query.after(found.get(found.size() - 1)) : null);
  }

  private BulkResult.Item item(String id, String bulkId, Function<Order, Execution> copier) {
    try {
      if (id.length() + 1 + bulkId.length() > LONGEST_ID) {
        throw new FlowForgeException(
            "FF-BULK-ID",
            "the id of execution " + id + " and the bulk id have more than 254 letters together");
      }
      Execution copy = copier.apply(new Order(ended(id), bulkId));
      return new BulkResult.Item(id, copy.id(), copy.created(), null);
    } catch (FlowForgeException refused) {
      if (refused.retryable()) {
        // The store is out of reach, or the lease is lost: what comes behind would fail as well.
        throw refused;
      }
      return new BulkResult.Item(id, null, false, refused);
    }
  }

  private Execution retry(Order order) {
    ExecutionRecord head = order.head();
    Plan plan = on.archive().plan(head.flowHash());
    JournalCopy journal = new JournalCopy(plan, order.from.pages());
    Start start = start(head);
    String keys = start.keysOf() == null ? head.id() : start.keysOf();
    String page = journal.page(journal.unfinished(), Map.of(), on.persistence().newId());
    Execution copy = copy(order, plan, page, start.copied(keys));
    deadLetters.dealtWith(head, "retried as " + copy.id());
    return copy;
  }

  private Execution fork(Order order, String nodeId, Map<String, Object> variables) {
    ExecutionRecord head = order.head();
    Plan plan = on.archive().plan(head.flowHash());
    JournalCopy journal = new JournalCopy(plan, order.from.pages());
    Set<String> again = journal.from(nodeId);
    if (again.isEmpty()) {
      throw new FlowForgeException(
          "FF-NODE-UNKNOWN",
          "flow " + plan.flow.id() + " has no node " + Shown.quoted(nodeId) + " to fork from");
    }
    String page = journal.page(again, variables, on.persistence().newId());
    return copy(order, plan, page, start(head).copied(null));
  }

  static Start start(ExecutionRecord head) {
    return StartText.parse(head.start(), head.tenant(), head.attributes());
  }

  private StoredExecution ended(String id) {
    StoredExecution found = on.whole(id);
    ExecutionStatus status = found.head().status();
    if (!status.isFinal()) {
      throw ExecutionAccess.active(id, status, "only ended ones are copied, cancel it first");
    }
    return found;
  }

  private Execution copy(Order order, Plan plan, String page, Start start) {
    for (int number = 2; ; number++) {
      boolean numbered = order.bulkId == null;
      String id =
          numbered
              ? base(order.head().id()) + "~" + number
              : order.head().id() + "~" + order.bulkId;
      Commit.Result result = on.write(creation(id, order.head(), page, start, plan));
      if (result == Commit.Result.APPLIED || result == Commit.Result.EXISTS && !numbered) {
        on.persistence().adopt(id);
        on.persistence().wake();
        boolean created = result == Commit.Result.APPLIED;
        return new StoredHandle(on.persistence(), plan.flow, id, created);
      }
      if (result != Commit.Result.EXISTS) {
        throw ExecutionAccess.fenced();
      }
    }
  }

  private Commit creation(String id, ExecutionRecord from, String page, Start start, Plan plan) {
    Persistence persistence = on.persistence();
    NewExecution created =
        new NewExecution(
            id,
            from.flowId(),
            from.flowHash(),
            from.tenant(),
            from.attributes(),
            StartText.of(start),
            persistence.now(),
            persistence.worker(),
            persistence.queued().place(plan, id, start, QueueOptions.NONE));
    return Commit.create(created, page)
        .with(HeadChange.released(ExecutionStatus.RUNNING, null, persistence.now()));
  }

  /** The id without the number of a copy. */
  private static String base(String id) {
    return id.replaceFirst("~\\d{1,9}$", "");
  }
}
