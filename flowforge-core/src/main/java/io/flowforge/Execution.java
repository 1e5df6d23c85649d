package io.flowforge;

import io.flowforge.execution.EventStream;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Explanation;
import io.flowforge.flow.Flow;
import io.flowforge.picture.Picture;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A handle on one execution of a flow. Thread-safe. */
public interface Execution {
  /**
   * The id.
   *
   * @return the id given at the start, or a UUID (version 7)
   */
  String id();

  /**
   * The flow it runs.
   *
   * @return the flow in the version it was started with
   */
  Flow flow();

  /**
   * Whether the start that gave this handle began the execution, or found it under its id.
   *
   * @return true when it was begun
   */
  boolean created();

  /**
   * Where it stands.
   *
   * @return the status of this moment
   */
  ExecutionStatus status();

  /**
   * Its end.
   *
   * @return completes normally for every final status; dependents run on an engine thread
   */
  CompletionStage<ExecutionResult> result();

  /**
   * Waits for its end.
   *
   * @param timeout the longest wait
   * @return the result, whatever the final status
   * @throws FlowForgeException {@code FF-AWAIT-TIMEOUT} when it has not ended by then, {@code
   *     FF-INTERRUPTED} when the thread is interrupted (the flag is restored)
   */
  ExecutionResult await(Duration timeout);

  /**
   * Asks for its end: nothing new starts, running nodes are interrupted, completed ones are
   * compensated.
   *
   * @param reason a few words
   * @return true when this request decides the outcome, false when it had ended or was ending
   *     already
   */
  boolean cancel(String reason);

  /**
   * Holds it: running nodes finish, new ones do not start.
   *
   * @return true unless it had ended
   */
  boolean pause();

  /**
   * Lets a held execution go on.
   *
   * @return true when it was held
   */
  boolean resume();

  /**
   * Answers a {@code user-input} node.
   *
   * @param node address of the node run, such as {@code approve}
   * @param answer plain value, checked against the node's fields
   * @throws InvalidFlowException when the answer does not fit the fields
   * @throws FlowForgeException {@code FF-ANSWER-UNEXPECTED} when that node run does not wait for an
   *     answer
   */
  void answer(String node, @Nullable Object answer);

  /**
   * Sends an event to this execution alone: to its {@code wait-for-event} nodes of that name,
   * whatever their correlation; kept when none waits yet.
   *
   * @param event name of the event
   * @param payload plain value
   * @throws FlowForgeException {@code FF-SIGNAL-FINAL} when the execution has ended
   */
  void signal(String event, @Nullable Object payload);

  /**
   * Sends an event to this execution alone, once for a message id however often it is sent: for
   * senders that repeat what was not acknowledged. Ids are remembered as long as the execution is.
   *
   * @param event name of the event
   * @param payload plain value
   * @param messageId the sender's id of the message, 1 to 255 characters
   * @return false when a message with this id came before; nothing changes then
   * @throws FlowForgeException {@code FF-SIGNAL-FINAL} when the execution has ended and the message
   *     is new, {@code FF-MESSAGE-ID} when the id is blank or too long
   */
  boolean signal(String event, @Nullable Object payload, String messageId);

  /**
   * All that is known of it at this moment.
   *
   * @return the snapshot
   */
  ExecutionSnapshot snapshot();

  /**
   * Its events from now on.
   *
   * @return a stream to subscribe to
   */
  EventStream events();

  /**
   * Why a node ran, waited, was skipped or retried, and where its input values came from.
   *
   * @param node address of the node run, such as {@code charge} or {@code each[3]/charge}
   * @return the explanation
   * @throws FlowForgeException {@code FF-NODE-UNKNOWN} when there is no such node run
   */
  Explanation explain(String node);

  /**
   * A picture of it at this moment, with states, durations and attempts.
   *
   * @return the picture
   */
  default Picture picture() {
    return Picture.of(snapshot());
  }
}
