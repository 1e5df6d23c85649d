package io.flowforge;

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
import org.jspecify.annotations.Nullable;

/**
 * What operators do with the executions of a store, whoever drives them. Thread-safe; every call
 * waits for the store, at most {@link FlowForgeBuilder#startDeadline}.
 *
 * <p>Every method that names an execution fails with {@code FF-EXECUTION-UNKNOWN} when the store
 * does not have it.
 *
 * @see FlowForge#operations()
 */
public interface Operations {
  /**
   * Looks for executions, newest first.
   *
   * @param query which
   * @return at most as many as the query's limit; go on with {@link ExecutionQuery#after}
   */
  List<ExecutionRecord> list(ExecutionQuery query);

  /**
   * The lines that the nodes of an execution have written to the log, oldest first. Lines of a node
   * run that is under way in another process are there once its next page is written.
   *
   * @param executionId the execution
   * @param query which
   * @return at most as many as the query's limit; go on with {@link LogQuery#after(LogLine)}
   */
  List<LogLine> logs(String executionId, LogQuery query);

  /**
   * Runs what failed once more: starts a copy of an ended execution in which the nodes that
   * completed keep their results, and the others and all behind them run again, with the
   * idempotency keys of the first time.
   *
   * @param executionId an ended execution
   * @return the copy, whose id is that of the execution with {@code ~2}, {@code ~3} … behind
   * @throws FlowForgeException {@code FF-EXECUTION-ACTIVE} when it has not ended
   */
  Execution retry(String executionId);

  /**
   * Starts a copy of an ended execution that runs a node and all behind it again, with idempotency
   * keys of its own.
   *
   * @param executionId an ended execution
   * @param nodeId id of a node of its flow
   * @param variables new values of variables, by name; others keep the value of that place
   * @return the copy
   * @throws FlowForgeException {@code FF-EXECUTION-ACTIVE} when it has not ended, {@code
   *     FF-NODE-UNKNOWN}
   */
  Execution fork(
      String executionId, String nodeId, Map<String, ? extends @Nullable Object> variables);

  /**
   * Retries many executions. The copies' ids end with {@code ~} and the bulk id, so the same call
   * again makes no second copy, and a call that broke off is made again or gone on with.
   *
   * @param bulkId a word for the whole undertaking: a letter, then at most 63 letters, digits,
   *     {@code _} or {@code -}
   * @param query which; at most as many as its limit in this call
   * @return what became of each, and where to go on
   */
  BulkResult retryAll(String bulkId, ExecutionQuery query);

  /**
   * Forks many executions; see {@link #retryAll} for the bulk id.
   *
   * @param bulkId a word for the whole undertaking
   * @param query which; at most as many as its limit in this call
   * @param nodeId id of a node of their flow
   * @param variables new values of variables, by name
   * @return what became of each, and where to go on
   */
  BulkResult forkAll(
      String bulkId,
      ExecutionQuery query,
      String nodeId,
      Map<String, ? extends @Nullable Object> variables);

  /**
   * Changes variables of an execution that holds; nodes that start later see the new values. It is
   * written when the call returns: of a parked execution as a page, of a paused one as a message
   * that is heard before a later {@link Execution#resume()}.
   *
   * @param executionId a paused or parked execution
   * @param variables new values by name; others stay as they are
   * @throws FlowForgeException {@code FF-EXECUTION-ACTIVE} when it neither is paused nor parked,
   *     {@code FF-VARIABLE-UNKNOWN} for a variable that its flow does not declare
   */
  void setVariables(String executionId, Map<String, ? extends @Nullable Object> variables);

  /**
   * Moves an execution to another version of its flow. It must be paused, parked or waiting; an
   * engine that has it in memory gives it back for that. What has run or is under way must stand in
   * the new flow as it did: the same nodes with the same types and incoming edges, and the same
   * conditions behind those that are over. What is still to come may change. Written as one step,
   * so that it follows either the one flow or the other; in the status that it had.
   *
   * @param executionId a paused, parked or waiting execution
   * @param flow the version to follow from now on
   * @return a handle
   * @throws InvalidFlowException with everything that stands in the way, {@code FF-MIGRATE-…}
   * @throws FlowForgeException {@code FF-EXECUTION-ACTIVE} when it is on the move
   */
  Execution migrate(String executionId, Flow flow);

  /**
   * Moves an execution to a version of its flow that the store knows; see {@link #migrate(String,
   * Flow)}.
   *
   * @param executionId a paused, parked or waiting execution
   * @param flowHash content hash of the version
   * @return a handle
   * @throws FlowForgeException {@code FF-FLOW-UNKNOWN} when the store has no such flow
   */
  Execution migrate(String executionId, String flowHash);

  /**
   * Tells what {@link #migrate(String, Flow)} would do, and does nothing: neither the execution nor
   * the engine that has it takes notice. It may be asked of any execution.
   *
   * @param executionId an execution
   * @param flow the version that it would follow
   * @return what would be kept, changed, added and dropped, and all that stands in the way
   * @throws InvalidFlowException when the flow cannot be run by this engine at all
   */
  MigrationPlan planMigration(String executionId, Flow flow);

  /**
   * Tells what {@link #migrate(String, String)} would do, and does nothing.
   *
   * @param executionId an execution
   * @param flowHash content hash of the version that it would follow
   * @return what would be kept, changed, added and dropped, and all that stands in the way
   * @throws FlowForgeException {@code FF-FLOW-UNKNOWN} when the store has no such flow
   */
  MigrationPlan planMigration(String executionId, String flowHash);

  /**
   * The executions that will not go on by themselves: those that are parked, and those that failed
   * and were neither retried nor discarded since.
   *
   * @param query which; its statuses do not count
   * @return newest first; at most as many as the query's limit
   */
  List<DeadLetter> deadLetters(ExecutionQuery query);

  /**
   * Lets a parked execution go on in this engine, whatever it was parked for.
   *
   * @param executionId a parked execution
   * @return its handle
   * @throws FlowForgeException {@code FF-EXECUTION-ACTIVE} when it is not parked
   */
  Execution unpark(String executionId);

  /**
   * Takes an execution out of {@link #deadLetters}: a parked one ends as {@code CANCELLED} with
   * {@code FF-DISCARDED}, without running or undoing anything; one that failed stays as it is and
   * counts as dealt with.
   *
   * @param executionId a parked or failed execution
   * @param reason a few words to record
   * @throws FlowForgeException {@code FF-EXECUTION-ACTIVE} when it neither is parked nor has failed
   */
  void discard(String executionId, String reason);

  /**
   * An execution as one JSON document: its head, start, flow, journal, log and unread messages. It
   * holds what went through the nodes, and no credentials. Of its blobs it has id and size; {@link
   * #export(String, OutputStream)} takes their contents along.
   *
   * @param executionId the execution
   * @return the document, on one line
   * @throws FlowForgeException {@code FF-IMPORT-SIZE} when it had more than 64 Mi letters
   */
  String export(String executionId);

  /**
   * Writes an execution with the contents of all blobs that it refers to: a zip archive of {@code
   * execution.json}, which is the document of {@link #export(String)}, and {@code blobs/ID}, where
   * the id is the SHA-256 of the content. The document alone is held in memory. It is bound to one
   * moment; what the execution does meanwhile is not in it.
   *
   * @param executionId the execution
   * @param archive takes the archive; flushed, and not closed
   * @throws FlowForgeException {@code FF-EXPORT-BLOB} when the blob store does not have one of
   *     them, {@code FF-EXPORT-WRITE} when the stream fails, {@code FF-BLOB-READ} and {@code
   *     FF-IMPORT-SIZE}; what was written by then is no archive
   */
  void export(String executionId, OutputStream archive);

  /**
   * Brings an exported execution into this engine's store, under its own id. One that has ended
   * comes as it is; another comes parked as {@code IMPORTED}, and goes on once it is unparked. See
   * to it that it does not go on where it came from.
   *
   * @param document what {@link #export(String)} gave
   * @return a handle
   * @throws FlowForgeException {@code FF-IMPORT-…} when the document is of another version, too
   *     long or was changed, the id is taken, or a blob that it refers to is not in this engine's
   *     blob store
   */
  Execution importExecution(String document);

  /**
   * Brings an exported execution into this engine's store under another id. What it has still to do
   * keeps the idempotency keys of the first id.
   *
   * @param document what {@link #export(String)} gave
   * @param newId 1 to 255 characters
   * @return a handle
   * @throws FlowForgeException {@code FF-IMPORT-…} as for {@link #importExecution(String)}
   */
  Execution importExecution(String document, String newId);

  /**
   * Brings an exported execution into this engine's store with its blobs. They are written first,
   * under the ids they had, each checked for its length and hash, and only then the execution, in
   * one step: what breaks off leaves at most blobs that nobody refers to, which are collected as
   * others are.
   *
   * @param exported what {@link #export(String, OutputStream)} wrote, or the document alone; read
   *     as it comes, and not closed
   * @param options under which id, and how much is taken
   * @return a handle
   * @throws FlowForgeException {@code FF-IMPORT-…} as for {@link #importExecution(String)}, and
   *     when the archive is cut off or was changed, or has more blobs than is allowed; {@code
   *     FF-BLOB-WRITE}, which may pass
   */
  Execution importExecution(InputStream exported, ImportOptions options);

  /**
   * Deletes executions that ended some time ago, in batches, with all that belongs to them; then
   * blobs that no execution of the store refers to, once they are older than the builder's {@code
   * blobGrace}.
   *
   * @param statuses in which of the final statuses
   * @param age how long ago at least
   * @return how many were deleted
   */
  int purge(Set<ExecutionStatus> statuses, Duration age);
}
