package io.flowforge.spi.store;

import io.flowforge.execution.ExecutionStatus;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which executions to list, newest first by start and then by id. Immutable; every {@code with}
 * method returns a changed copy.
 *
 * @param flowId only of this flow; null is any
 * @param statuses only in one of these; empty is any
 * @param tenant only of this tenant; null is any
 * @param attributes only with all of these
 * @param fromMicros only started at or after, in microseconds since 1970; 0 is any
 * @param toMicros only started before; 0 is any
 * @param afterMicros with {@code afterId}, only behind the execution that started then; 0 begins at
 *     the newest
 * @param afterId id of the last execution of the page before
 * @param limit the most to give, 1 to 1,000
 */
public record ExecutionQuery(
    @Nullable String flowId,
    Set<ExecutionStatus> statuses,
    @Nullable String tenant,
    Map<String, String> attributes,
    long fromMicros,
    long toMicros,
    long afterMicros,
    String afterId,
    int limit) {

  /** The 100 newest. */
  public static final ExecutionQuery NEWEST =
      new ExecutionQuery(null, Set.of(), null, Map.of(), 0, 0, 0, "", 100);

  /** Checks and copies. */
  public ExecutionQuery {
    statuses = Set.copyOf(statuses);
    attributes = Map.copyOf(attributes);
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, was " + limit);
    }
  }

  /**
   * A copy for one flow.
   *
   * @param id id of the flow
   * @return the copy
   */
  public ExecutionQuery withFlow(String id) {
    return new ExecutionQuery(
        id, statuses, tenant, attributes, fromMicros, toMicros, afterMicros, afterId, limit);
  }

  /**
   * A copy for some statuses.
   *
   * @param wanted the statuses
   * @return the copy
   */
  public ExecutionQuery withStatuses(Set<ExecutionStatus> wanted) {
    return new ExecutionQuery(
        flowId, wanted, tenant, attributes, fromMicros, toMicros, afterMicros, afterId, limit);
  }

  /**
   * A copy for one tenant.
   *
   * @param value the tenant; empty is those without one
   * @return the copy
   */
  public ExecutionQuery withTenant(String value) {
    return new ExecutionQuery(
        flowId, statuses, value, attributes, fromMicros, toMicros, afterMicros, afterId, limit);
  }

  /**
   * A copy for executions with attributes.
   *
   * @param wanted texts by name; all must be there
   * @return the copy
   */
  public ExecutionQuery withAttributes(Map<String, String> wanted) {
    return new ExecutionQuery(
        flowId, statuses, tenant, wanted, fromMicros, toMicros, afterMicros, afterId, limit);
  }

  /**
   * A copy for a span of start times.
   *
   * @param from microseconds since 1970, inclusive; 0 is any
   * @param to microseconds since 1970, exclusive; 0 is any
   * @return the copy
   */
  public ExecutionQuery withStartedBetween(long from, long to) {
    return new ExecutionQuery(
        flowId, statuses, tenant, attributes, from, to, afterMicros, afterId, limit);
  }

  /**
   * A copy for the page behind one.
   *
   * @param last the last execution of that page
   * @return the copy
   */
  public ExecutionQuery after(ExecutionRecord last) {
    return new ExecutionQuery(
        flowId,
        statuses,
        tenant,
        attributes,
        fromMicros,
        toMicros,
        last.startedMicros(),
        last.id(),
        limit);
  }

  /**
   * A copy with another page size.
   *
   * @param most 1 to 1,000
   * @return the copy
   */
  public ExecutionQuery withLimit(int most) {
    return new ExecutionQuery(
        flowId, statuses, tenant, attributes, fromMicros, toMicros, afterMicros, afterId, most);
  }
}
