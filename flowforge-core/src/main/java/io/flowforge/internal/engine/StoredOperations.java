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
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators do with stored executions. */
final class StoredOperations implements Operations {
  private static final int BATCH = 500;

  private final ExecutionAccess on;
  private final KeptLogs logs;
  private final DeadLetters deadLetters;
  private final Restarts restarts;
  private final VariableChanges changes;
  private final Migration migration;
  private final Transfer transfer;

  StoredOperations(ExecutionAccess on) {
    this.on = on;
    this.logs = new KeptLogs(on);
    this.deadLetters = new DeadLetters(on);
    this.restarts = new Restarts(on, deadLetters);
    this.changes = new VariableChanges(on);
    this.migration = new Migration(on);
    this.transfer = new Transfer(on);
  }

  @Override
  public List<ExecutionRecord> list(ExecutionQuery query) {
    return on.get(on.store().list(query));
  }

  @Override
  public List<LogLine> logs(String executionId, LogQuery query) {
    return logs.of(executionId, query);
  }

  @Override
  public Execution retry(String executionId) {
    return restarts.retry(executionId);
  }

  @Override
  public Execution fork(
      String executionId, String nodeId, Map<String, ? extends @Nullable Object> variables) {
    return restarts.fork(executionId, nodeId, plain(variables));
  }

  @Override
  public BulkResult retryAll(String bulkId, ExecutionQuery query) {
    return restarts.retryAll(bulkId, query);
  }

  @Override
  public BulkResult forkAll(
      String bulkId,
      ExecutionQuery query,
      String nodeId,
      Map<String, ? extends @Nullable Object> variables) {
    return restarts.forkAll(bulkId, query, nodeId, plain(variables));
  }

  @Override
  public void setVariables(String executionId, Map<String, ? extends @Nullable Object> variables) {
    changes.setVariables(executionId, plain(variables));
  }

  private static Map<String, Object> plain(Map<String, ? extends @Nullable Object> variables) {
    return PlainMap.copyOf(StartInputs.plain(variables));
  }

  @Override
  public Execution migrate(String executionId, Flow flow) {
    return migration.migrate(executionId, on.archive().plan(flow));
  }

  @Override
  public Execution migrate(String executionId, String flowHash) {
    return migration.migrate(executionId, on.archive().plan(flowHash));
  }

  @Override
  public MigrationPlan planMigration(String executionId, Flow flow) {
    return migration.plan(executionId, on.archive().plan(flow));
  }

  @Override
  public MigrationPlan planMigration(String executionId, String flowHash) {
    return migration.plan(executionId, on.archive().plan(flowHash));
  }

  @Override
  public List<DeadLetter> deadLetters(ExecutionQuery query) {
    return deadLetters.list(query);
  }

  @Override
  public Execution unpark(String executionId) {
    return deadLetters.unpark(executionId);
  }

  @Override
  public void discard(String executionId, String reason) {
    deadLetters.discard(executionId, reason);
  }

  @Override
  public String export(String executionId) {
    return transfer.export(executionId);
  }

  @Override
  public void export(String executionId, OutputStream archive) {
    transfer.export(executionId, archive);
  }

  @Override
  public Execution importExecution(InputStream exported, ImportOptions options) {
    return transfer.take(exported, options);
  }

  @Override
  public Execution importExecution(String document) {
    return transfer.take(document, null);
  }

  @Override
  public Execution importExecution(String document, String newId) {
    return transfer.take(document, newId);
  }

  @Override
  public int purge(Set<ExecutionStatus> statuses, Duration age) {
    long before = on.persistence().now() - SharedGates.micros(age);
    int all = 0;
    int deleted = BATCH;
    while (deleted == BATCH) {
      deleted = on.get(on.store().purge(statuses, before, BATCH));
      all += deleted;
    }
    on.persistence().collectBlobs();
    return all;
  }
}
