package io.flowforge.internal.engine;

import io.flowforge.BulkResult;
import io.flowforge.Execution;
import io.flowforge.ImportOptions;
import io.flowforge.MigrationPlan;
import io.flowforge.Operations;
import io.flowforge.execution.DeadLetter;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.LogLine;
import io.flowforge.execution.LogQuery;
import io.flowforge.flow.Flow;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The operations as one caller sees them: on executions of its tenant, and every one noted. */
record OperationsDoor(Operations inner, EngineDoor door, Caller caller) implements Operations {
  /** Whether a query may find something. */
  private boolean mayFind(ExecutionQuery query) {
    String wanted = query.tenant();
    return wanted == null || caller.sees(wanted);
  }

  private ExecutionQuery mine(ExecutionQuery query) {
    return caller.tenant() == null ? query : query.withTenant(caller.home());
  }

  private void host(String what) {
    if (caller.tenant() != null) {
      throw caller.bound(what);
    }
  }

  // ---- looking

  @Override
  public List<ExecutionRecord> list(ExecutionQuery query) {
    return mayFind(query) ? inner.list(mine(query)) : List.of();
  }

  @Override
  public List<LogLine> logs(String executionId, LogQuery query) {
    door.see(executionId);
    return inner.logs(executionId, query);
  }

  @Override
  public List<DeadLetter> deadLetters(ExecutionQuery query) {
    return mayFind(query) ? inner.deadLetters(mine(query)) : List.of();
  }

  @Override
  public MigrationPlan planMigration(String executionId, Flow flow) {
    door.see(executionId);
    return inner.planMigration(executionId, flow);
  }

  @Override
  public MigrationPlan planMigration(String executionId, String flowHash) {
    door.see(executionId);
    return inner.planMigration(executionId, flowHash);
  }

  @Override
  public String export(String executionId) {
    door.see(executionId);
    String document = inner.export(executionId);
    door.note("execution.export", executionId, Map.of());
    return document;
  }

  @Override
  public void export(String executionId, OutputStream archive) {
    door.see(executionId);
    inner.export(executionId, archive);
    door.note("execution.export", executionId, Map.of());
  }

  // ---- copying

  @Override
  public Execution retry(String executionId) {
    door.see(executionId);
    Execution copy = inner.retry(executionId);
    door.note("execution.retry", executionId, Map.of("copy", copy.id()));
    return door.handle(copy);
  }

  @Override
  public Execution fork(
      String executionId, String nodeId, Map<String, ? extends @Nullable Object> variables) {
    door.see(executionId);
    Execution copy = inner.fork(executionId, nodeId, variables);
    door.note("execution.fork", executionId, Map.of("node", nodeId, "copy", copy.id()));
    return door.handle(copy);
  }

  @Override
  public BulkResult retryAll(String bulkId, ExecutionQuery query) {
    return mayFind(query)
        ? bulk("execution.retryAll", bulkId, inner.retryAll(bulkId, mine(query)))
        : new BulkResult(List.of(), null);
  }

  @Override
  public BulkResult forkAll(
      String bulkId,
      ExecutionQuery query,
      String nodeId,
      Map<String, ? extends @Nullable Object> variables) {
    return mayFind(query)
        ? bulk("execution.forkAll", bulkId, inner.forkAll(bulkId, mine(query), nodeId, variables))
        : new BulkResult(List.of(), null);
  }

  private BulkResult bulk(String action, String bulkId, BulkResult result) {
    door.noteAll(action, bulkId, Map.of("count", Integer.toString(result.items().size())));
    return result;
  }

  // ---- changing

  @Override
  public void setVariables(String executionId, Map<String, ? extends @Nullable Object> variables) {
    door.see(executionId);
    inner.setVariables(executionId, variables);
    String names = String.join(",", new TreeSet<>(variables.keySet()));
    door.note("execution.setVariables", executionId, Map.of("names", names));
  }

  @Override
  public Execution migrate(String executionId, Flow flow) {
    door.see(executionId);
    return migrated(inner.migrate(executionId, flow));
  }

  @Override
  public Execution migrate(String executionId, String flowHash) {
    door.see(executionId);
    return migrated(inner.migrate(executionId, flowHash));
  }

  private Execution migrated(Execution execution) {
    Map<String, String> detail = Map.of("hash", execution.flow().contentHash());
    door.note("execution.migrate", execution.id(), detail);
    return door.handle(execution);
  }

  @Override
  public Execution unpark(String executionId) {
    door.see(executionId);
    Execution execution = inner.unpark(executionId);
    door.note("execution.unpark", executionId, Map.of());
    return door.handle(execution);
  }

  @Override
  public void discard(String executionId, String reason) {
    door.see(executionId);
    inner.discard(executionId, reason);
    door.note("execution.discard", executionId, Map.of());
  }

  // ---- for the host alone

  @Override
  public Execution importExecution(String document) {
    host("importing, for a document names its tenant,");
    return imported(inner.importExecution(document));
  }

  @Override
  public Execution importExecution(String document, String newId) {
    host("importing, for a document names its tenant,");
    return imported(inner.importExecution(document, newId));
  }

  @Override
  public Execution importExecution(InputStream exported, ImportOptions options) {
    host("importing, for a document names its tenant,");
    return imported(inner.importExecution(exported, options));
  }

  private Execution imported(Execution execution) {
    door.note("execution.import", execution.id(), Map.of());
    return door.handle(execution);
  }

  @Override
  public int purge(Set<ExecutionStatus> statuses, Duration age) {
    host("purging");
    int count = inner.purge(statuses, age);
    Map<String, String> detail = Map.of("age", age.toString(), "count", Integer.toString(count));
    door.noteAll("execution.purge", "", detail);
    return count;
  }
}
