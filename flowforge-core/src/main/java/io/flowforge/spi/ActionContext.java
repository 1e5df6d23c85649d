package io.flowforge.spi;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Secret;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What an action knows of its node run and may do in it.
 *
 * <p>Valid during {@link Action#run} and, for an asynchronous action, until its stage completes.
 * Thread-safe.
 */
public interface ActionContext {
  /**
   * The execution's id.
   *
   * @return the id
   */
  String executionId();

  /**
   * The flow's id.
   *
   * @return the id
   */
  String flowId();

  /**
   * The node's id.
   *
   * @return the id within its graph
   */
  String nodeId();

  /**
   * The node's type.
   *
   * @return its canonical name, such as {@code http}
   */
  String nodeType();

  /**
   * The node run's address: the node id behind the iterations it stands in.
   *
   * @return such as {@code charge} or {@code each[3]/charge}
   */
  String path();

  /**
   * A key that is the same for every attempt of this node run, over retries, restarts and
   * takeovers, and differs for every other node run.
   *
   * @return {@code ff1_} and 52 characters of base32
   */
  String idempotencyKey();

  /**
   * A number that grows with every change of the process that drives the execution. An outside
   * system that remembers the highest it has seen can refuse a process that was thought dead.
   *
   * @return from 1; 0 in an engine without a store, where no process takes over
   */
  long fencingToken();

  /**
   * Which attempt this is.
   *
   * @return from 1
   */
  int attempt();

  /**
   * What came in: the output of the single taken predecessor, or a map by node id of several; at an
   * entry the flow's inputs or the event.
   *
   * @return plain value
   */
  @Nullable Object input();

  /**
   * The flow's inputs.
   *
   * @return unmodifiable map
   */
  Map<String, Object> inputs();

  /**
   * The execution's variables.
   *
   * @return unmodifiable view of the moment
   */
  Map<String, Object> vars();

  /**
   * A credential of the host.
   *
   * @param name its name
   * @return the secret
   * @throws io.flowforge.FlowForgeException {@code FF-CRED-UNKNOWN} when there is none
   */
  Secret credential(String name);

  /**
   * Content beside the values of flows. Where the engine has no blob store, its methods fail with
   * {@code FF-BLOB-NONE}.
   *
   * @return where it is written and read
   */
  default Blobs blobs() {
    throw new FlowForgeException("FF-BLOB-NONE", "this context has no blob store");
  }

  /**
   * Sends a piece of output on its way as a {@code node:stream} event, before the node is done.
   *
   * @param chunk plain value
   */
  void emit(Object chunk);

  /**
   * Tells how far the node is, as an {@code execution:progress} event.
   *
   * @param fraction 0 to 1
   * @param note a few words
   */
  void progress(double fraction, String note);

  /**
   * Whether the node run was cancelled or timed out and should end soon; its thread is interrupted
   * as well.
   *
   * @return true from then on
   */
  boolean isCancelled();

  /**
   * A logger whose lines carry the execution and node.
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
   * A service that the host or the engine's options offer to actions.
   *
   * @param type its class
   * @param <T> its class
   * @return the service, or null when the host offers none
   */
  <T> @Nullable T service(Class<T> type);
}
