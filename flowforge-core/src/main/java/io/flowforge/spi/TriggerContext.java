package io.flowforge.spi;

import io.flowforge.execution.Secret;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What a trigger knows of its node and may do for it.
 *
 * <p>Valid from {@link Trigger#start} until its handle is closed. Thread-safe.
 */
public interface TriggerContext {
  /**
   * The id of the flow that it starts.
   *
   * @return the id
   */
  String flowId();

  /**
   * The id of its node.
   *
   * @return the id within the flow
   */
  String nodeId();

  /**
   * Starts an execution of the flow with an event.
   *
   * <p>The stage completes when the start is as durable as the store makes it; only then may a
   * source be told that its event has arrived. The same key starts no second execution.
   *
   * @param event the event: plain values, or what can be made such; the trigger node's output
   * @param dedupKey what tells this event from all others of this node, the same when the source
   *     delivers it again, such as a message id or a nominal time; at most 255 characters
   * @return what was started; fails with {@code FF-OVERLOADED}, {@code FF-STORE-UNAVAILABLE} and
   *     the like, after which firing the same event again is right
   * @throws io.flowforge.FlowForgeException {@code FF-VALUE…} when the event has no plain form
   */
  CompletionStage<Fired> fire(@Nullable Object event, String dedupKey);

  /**
   * Where the trigger stands in its source, kept in the store.
   *
   * @return the position, which outlives restarts
   */
  Cursor cursor();

  /**
   * Tells that the source cannot be watched at the moment; {@code health()} shows it until the next
   * event is fired or {@link #recovered} is called.
   *
   * @param reason a sentence without secrets
   * @param cause what led to it, for the log; null when there is nothing more to say
   */
  void failing(String reason, @Nullable Throwable cause);

  /** Tells that the source is watched again. */
  void recovered();

  /**
   * A credential of the host.
   *
   * @param name its name
   * @return the secret
   * @throws io.flowforge.FlowForgeException {@code FF-CRED-UNKNOWN} when there is none
   */
  Secret credential(String name);

  /**
   * A logger whose lines carry the flow and node.
   *
   * @return the logger
   */
  Logger log();

  /**
   * The engine's clock.
   *
   * @return the clock, in UTC
   */
  Clock clock();

  /**
   * The engine's timers; their tasks must return at once.
   *
   * @return the source of time
   */
  TimeSource time();

  /**
   * Threads for work that lasts; interrupted when the handle is closed and the work does not end.
   *
   * @return the executor
   */
  Executor executor();

  /**
   * A service that the host or the engine's options offer.
   *
   * @param type its class
   * @param <T> its class
   * @return the service, or null when the host offers none
   */
  <T> @Nullable T service(Class<T> type);

  /**
   * What an event has started.
   *
   * @param executionId the execution's id
   * @param created false when an earlier event of the same key had started it already
   */
  record Fired(String executionId, boolean created) {}

  /** A position in a source, such as the id of the last message seen. */
  interface Cursor {
    /**
     * The position kept last.
     *
     * @return plain value; empty when there is none yet
     */
    Optional<Object> get();

    /**
     * Keeps a position; to lose no event, only after the events before it were fired.
     *
     * @param position plain value of at most 64 KiB
     * @return completes when the position is as durable as the store makes it
     */
    CompletionStage<@Nullable Void> put(Object position);
  }
}
