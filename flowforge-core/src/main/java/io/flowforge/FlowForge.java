package io.flowforge;

import io.flowforge.execution.EventStream;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Problem;
import io.flowforge.spi.AuditEntry;
import io.flowforge.spi.AuditQuery;
import io.flowforge.spi.Blobs;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.store.NewExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The engine: runs flows inside the application that holds it. Thread-safe; many may live in one
 * JVM.
 *
 * <pre>{@code
 * try (FlowForge forge = FlowForge.create()) {
 *   Flow flow = Flow.load(Path.of("report.yaml"));
 *   ExecutionResult result = forge.start(flow, Map.of("year", 2025)).await(Duration.ofSeconds(30));
 *   System.out.println(result.outputs());
 * }
 * }</pre>
 */
public interface FlowForge extends AutoCloseable {
  /**
   * An engine with defaults: in memory, plugins discovered.
   *
   * @return a running engine
   */
  static FlowForge create() {
    return builder().build();
  }

  /**
   * Begins an engine with options.
   *
   * @return a builder
   */
  static FlowForgeBuilder builder() {
    return new FlowForgeBuilder();
  }

  /**
   * Starts an execution with default options.
   *
   * @param flow the flow
   * @param inputs its inputs, plain values by name
   * @return a handle
   * @throws InvalidFlowException when the flow or the inputs must be mended
   * @throws FlowForgeException {@code FF-OVERLOADED} when the engine stays full, {@code FF-CLOSED}
   *     when it is closed
   */
  default Execution start(Flow flow, Map<String, ? extends @Nullable Object> inputs) {
    return start(flow, inputs, StartOptions.DEFAULT);
  }

  /**
   * Starts an execution; nodes that do not block may run on the calling thread before this returns.
   *
   * @param flow the flow
   * @param inputs its inputs, plain values by name
   * @param options id, trigger, tenant, attributes, patience
   * @return a handle; the earlier execution's when the id is known
   * @throws InvalidFlowException when the flow or the inputs must be mended
   * @throws FlowForgeException {@code FF-OVERLOADED} when the engine stays full, {@code FF-CLOSED}
   *     when it is closed, {@code FF-START-CONFLICT} when the id belongs to another flow or other
   *     inputs
   */
  Execution start(Flow flow, Map<String, ? extends @Nullable Object> inputs, StartOptions options);

  /**
   * Starts an execution of a flow by its id: of the registered one, else of the current version in
   * {@link #flows()} of the execution's tenant.
   *
   * @param flowId its id
   * @param inputs its inputs, plain values by name
   * @return a handle
   * @throws FlowForgeException {@code FF-FLOW-UNKNOWN} when there is no such flow, {@code
   *     FF-FLOW-INACTIVE} or {@code FF-FLOW-DELETED} when it takes no new starts
   */
  default Execution start(String flowId, Map<String, ? extends @Nullable Object> inputs) {
    return start(flowId, inputs, StartOptions.DEFAULT);
  }

  /**
   * Starts an execution of a flow by its id, as {@link #start(String, Map)}.
   *
   * @param flowId its id
   * @param inputs its inputs, plain values by name
   * @param options id, trigger, tenant, attributes, patience
   * @return a handle; the earlier execution's when the id is known
   * @throws FlowForgeException {@code FF-FLOW-UNKNOWN} when there is no such flow, {@code
   *     FF-FLOW-INACTIVE} or {@code FF-FLOW-DELETED} when it takes no new starts, and as {@link
   *     #start(Flow, Map, StartOptions)}
   */
  Execution start(
      String flowId, Map<String, ? extends @Nullable Object> inputs, StartOptions options);

  /**
   * The flows that are kept under their ids, with their versions and triggers.
   *
   * @return the repository, of the tenant that this view is bound to, or of flows without a tenant
   */
  FlowRepository flows();

  /**
   * This engine in the name of an actor, who stands in the audit log behind all that is done
   * through the view.
   *
   * @param actor who it is, 1 to 255 characters, such as {@code user:ann}
   * @return a view; closing it does nothing
   */
  FlowForge as(String actor);

  /**
   * This engine for one tenant: what is started, saved and published through the view belongs to
   * the tenant, and what belongs to others is not there. What is not divided by tenant, such as
   * {@link #register} and {@link Operations#purge}, is refused with {@code FF-TENANT-BOUND}.
   *
   * @param tenant 1 to 128 characters without slashes
   * @return a view; closing it does nothing
   * @throws FlowForgeException {@code FF-TENANT-BOUND} when this view is another tenant's
   */
  FlowForge forTenant(String tenant);

  /**
   * Reads the audit log.
   *
   * @param query which entries
   * @return oldest first, at most as many as the query's limit; go on with {@link AuditQuery#after}
   * @throws FlowForgeException {@code FF-AUDIT-OFF} when there is none
   */
  List<AuditEntry> audit(AuditQuery query);

  /**
   * Makes all that a store needs to create an execution within a transaction of the caller's, such
   * as {@code JdbcStore.create(connection, execution)}. Whoever claims it after that transaction
   * runs it.
   *
   * @param flow the flow; written to the store by this call, in a transaction of its own
   * @param inputs its inputs, plain values by name
   * @param options id, trigger, tenant, attributes
   * @return the execution to create
   * @throws InvalidFlowException when the flow or the inputs must be mended
   * @throws FlowForgeException {@code FF-STORE-NONE} when the engine has no store, {@code
   *     FF-CLOSED} when it is closed
   */
  NewExecution prepare(
      Flow flow, Map<String, ? extends @Nullable Object> inputs, StartOptions options);

  /**
   * Runs a flow once for each of many inputs, so many at a time.
   *
   * @param flow the flow
   * @param inputs the inputs of each execution
   * @param limit executions at once, at least 1
   * @return their results in the order of the inputs
   */
  CompletionStage<List<ExecutionResult>> startAll(
      Flow flow, List<? extends Map<String, ? extends @Nullable Object>> inputs, int limit);

  /**
   * Makes a flow known to sub-flow nodes and error flows by its id; replaces an earlier one for new
   * starts. What is known before the engine goes on with executions of a store is registered by
   * {@link FlowForgeBuilder#flow}; an execution that was taken up earlier and comes to a sub-flow
   * that is neither registered nor stored waits for it.
   *
   * @param flow the flow
   * @throws InvalidFlowException when the flow must be mended
   */
  void register(Flow flow);

  /**
   * All that is wrong with a flow, seen with this engine's node types and flows.
   *
   * @param flow the flow
   * @return sorted problems, at most 100; empty when it can run
   */
  List<Problem> validate(Flow flow);

  /**
   * A running execution, or one that ended a while ago.
   *
   * @param id its id
   * @return a handle, if it is known
   */
  Optional<Execution> execution(String id);

  /**
   * The executions that are known: all that have not ended, and the last that have.
   *
   * @return in no order
   */
  List<Execution> executions();

  /**
   * What operators do with stored executions: lists, logs, retries, forks, changes and deletions.
   *
   * @return the operations on this engine's store
   * @throws FlowForgeException {@code FF-STORE-NONE} when the engine has no store
   */
  Operations operations();

  /**
   * Sends an event to waiting executions of this view's tenant (of those without a tenant when it
   * is bound to none), and keeps it for one that begins to wait within 7 days when none does.
   *
   * @param event name of the event
   * @param correlation what waits must name as well; null matches waits without one
   * @param payload plain value
   * @return how many waits it woke
   */
  int publish(String event, @Nullable String correlation, @Nullable Object payload);

  /**
   * Sends an event once for its id, however often it is sent: for senders that repeat what was not
   * acknowledged, as those of webhooks. Ids are remembered for 7 days; without a store, the last
   * 10,000.
   *
   * @param event name of the event
   * @param correlation what waits must name as well; null matches waits without one
   * @param payload plain value
   * @param eventId the sender's id of the event, 1 to 255 characters
   * @return how many waits it woke, the same again for an id that came before
   * @throws FlowForgeException {@code FF-MESSAGE-ID} when the id is blank or too long
   */
  int publish(String event, @Nullable String correlation, @Nullable Object payload, String eventId);

  /**
   * The credentials that are kept for flows, encrypted with the builder's keyring.
   *
   * @return where they are saved, listed and deleted
   */
  CredentialStore credentials();

  /**
   * Content beside the values of flows: what references in outputs stand for. Its methods fail with
   * {@code FF-BLOB-NONE} when the engine has neither a store nor blobs of its own.
   *
   * @return where it is written and read
   */
  Blobs blobs();

  /**
   * The node types this engine knows.
   *
   * @return sorted by type
   */
  List<NodeType> catalog();

  /**
   * The events of all executions from now on.
   *
   * @return a stream to narrow and subscribe to
   */
  EventStream events();

  /**
   * How the engine fares.
   *
   * @return the state of this moment
   */
  Health health();

  /**
   * Stops the engine: takes no more work, lets running nodes finish for a while, then interrupts
   * them; leaves no thread behind. Idempotent.
   *
   * @param timeout how long running nodes may finish
   * @return what it had to leave behind
   */
  Shutdown close(Duration timeout);

  /** Stops the engine with its drain time-out, 30 s unless set otherwise. */
  @Override
  void close();
}
