package io.flowforge;

import io.flowforge.flow.Flow;
import java.util.List;
import java.util.Optional;

/**
 * Flows kept under their ids, with every version they had.
 *
 * <p>With a store the flows are in it, and every engine on the store has the same; without one they
 * end with the engine. Versions never change, and an execution keeps for life the one it was
 * started with. {@link FlowForge#start(String, java.util.Map)} and sub-flow nodes take the current
 * one; engines see what another has changed within a second.
 *
 * <p>Every change is one compare-and-set: of two at the same time both happen, one after the other.
 * {@link SaveOptions#basedOn} refuses instead.
 *
 * <p>Methods fail with {@code FF-STORE-UNAVAILABLE} when the store does not answer; calling again
 * is safe. Thread-safe.
 */
public interface FlowRepository {
  /**
   * Saves a flow with default options.
   *
   * @param flow the flow
   * @return its version
   * @throws FlowForgeException as {@link #save(Flow, SaveOptions)}
   */
  default FlowVersion save(Flow flow) {
    return save(flow, SaveOptions.DEFAULT);
  }

  /**
   * Makes a flow the current version of its id. Saving what is current already gives that version
   * and changes nothing. A flow that is new is {@link FlowStatus#READY}.
   *
   * @param flow the flow
   * @param options note, and the version it was made from
   * @return its version
   * @throws InvalidFlowException when the flow must be mended
   * @throws FlowForgeException {@code FF-FLOW-CHANGED} when another version than the named one is
   *     current, with both numbers as {@code expected} and {@code current} in its details; {@code
   *     FF-FLOW-DELETED} when the flow is deleted
   */
  FlowVersion save(Flow flow, SaveOptions options);

  /**
   * The current version of a flow.
   *
   * @param id id of the flow
   * @return the flow; empty when there is none or it is deleted
   */
  Optional<Flow> find(String id);

  /**
   * One version of a flow, deleted or not.
   *
   * @param id id of the flow
   * @param version number of the version
   * @return the flow, if there is such a version
   */
  Optional<Flow> find(String id, int version);

  /**
   * What is known of a flow, deleted or not.
   *
   * @param id id of the flow
   * @return status and current version, if there is such a flow
   */
  Optional<FlowEntry> entry(String id);

  /**
   * The versions of a flow, oldest first.
   *
   * @param id id of the flow
   * @param after only versions of higher numbers; 0 begins at the first
   * @param limit the most to give, 1 to 1,000
   * @return empty when there is no such flow
   */
  List<FlowVersion> versions(String id, int after, int limit);

  /**
   * Lists flows by tenant and id.
   *
   * @param query which
   * @return at most as many as the query's limit; go on with {@link FlowQuery#after}
   */
  List<FlowEntry> list(FlowQuery query);

  /**
   * Makes an older version current again, as a new version of the same content. Nothing changes
   * when its content is current already.
   *
   * @param id id of the flow
   * @param version number of the older version
   * @return the new version
   * @throws FlowForgeException {@code FF-FLOW-UNKNOWN}, {@code FF-FLOW-VERSION} when there is no
   *     such version, {@code FF-FLOW-DELETED}
   */
  FlowVersion rollback(String id, int version);

  /**
   * Lets a flow be started, and runs its triggers on one of the engines of the store. Does nothing
   * when it is active.
   *
   * @param id id of the flow
   * @return what it is now
   * @throws InvalidFlowException when a trigger's config is wrong, or the flow has required inputs,
   *     which no trigger gives
   * @throws FlowForgeException {@code FF-FLOW-UNKNOWN}, {@code FF-FLOW-DELETED}
   */
  FlowEntry activate(String id);

  /**
   * Stops the triggers of a flow, and refuses new starts of it by its id with {@code
   * FF-FLOW-INACTIVE}. Executions go on. When this returns, triggers that ran in this engine are
   * stopped; those in another engine are by its next look into the store.
   *
   * @param id id of the flow
   * @return what it is now
   * @throws FlowForgeException {@code FF-FLOW-UNKNOWN}, {@code FF-FLOW-DELETED}
   */
  FlowEntry deactivate(String id);

  /**
   * Deletes a flow so that it can be restored: as {@link #deactivate}, with {@code
   * FF-FLOW-DELETED}, and it is not listed unless asked for.
   *
   * @param id id of the flow
   * @return what it is now
   * @throws FlowForgeException {@code FF-FLOW-UNKNOWN}
   */
  FlowEntry delete(String id);

  /**
   * Takes a deletion back. The flow comes back {@link FlowStatus#INACTIVE}; activate it to have it
   * started again. Does nothing when it is not deleted.
   *
   * @param id id of the flow
   * @return what it is now
   * @throws FlowForgeException {@code FF-FLOW-UNKNOWN}
   */
  FlowEntry restore(String id);
}
