package io.flowforge;

import io.flowforge.execution.DeadLetter;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.LogLine;
import io.flowforge.execution.LogQuery;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
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
   * Deletes executions that ended some time ago, in batches, with all that belongs to them.
   *
   * @param statuses in which of the final statuses
   * @param age how long ago at least
   * @return how many were deleted
   */
  int purge(Set<ExecutionStatus> statuses, Duration age);
}
