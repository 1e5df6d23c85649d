package io.flowforge;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an execution is started. Immutable; every {@code with} method returns a changed copy.
 *
 * @param executionId id of one's own, which makes the start idempotent; null makes a new one
 * @param trigger id of the trigger node that counts as fired; null fires all
 * @param tenant tenant the execution belongs to; empty is none
 * @param attributes texts to find the execution by
 * @param patience how long {@code start} may block while the engine is full; zero refuses at once
 * @param queue how it stands in line
 */
public record StartOptions(
    @Nullable String executionId,
    @Nullable String trigger,
    String tenant,
    Map<String, String> attributes,
    Duration patience,
    QueueOptions queue) {

  /** A new id, all triggers, no tenant, no attributes, and up to 5 s of patience. */
  public static final StartOptions DEFAULT =
      new StartOptions(null, null, "", Map.of(), Duration.ofSeconds(5), QueueOptions.NONE);

  /** Checks and copies. */
  public StartOptions {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(queue, "queue");
    attributes = Map.copyOf(attributes);
    if (executionId != null && (executionId.isBlank() || executionId.length() > 255)) {
      throw new IllegalArgumentException(
          "executionId must have 1 to 255 characters, had " + executionId.length());
    }
  }

  /**
   * A copy with an id of one's own: starting twice with it gives the first execution.
   *
   * @param id 1 to 255 characters
   * @return the copy
   */
  public StartOptions withExecutionId(String id) {
    return new StartOptions(id, trigger, tenant, attributes, patience, queue);
  }

  /**
   * A copy that fires one trigger node only; the others are skipped.
   *
   * @param nodeId id of a trigger node
   * @return the copy
   */
  public StartOptions withTrigger(String nodeId) {
    return new StartOptions(executionId, nodeId, tenant, attributes, patience, queue);
  }

  /**
   * A copy for a tenant.
   *
   * @param value the tenant
   * @return the copy
   */
  public StartOptions withTenant(String value) {
    return new StartOptions(executionId, trigger, value, attributes, patience, queue);
  }

  /**
   * A copy with attributes to find the execution by.
   *
   * @param values texts by name
   * @return the copy
   */
  public StartOptions withAttributes(Map<String, String> values) {
    return new StartOptions(executionId, trigger, tenant, values, patience, queue);
  }

  /**
   * A copy with another patience.
   *
   * @param value how long {@code start} may block while the engine is full
   * @return the copy
   */
  public StartOptions withPatience(Duration value) {
    return new StartOptions(executionId, trigger, tenant, attributes, value, queue);
  }

  /**
   * A copy that stands in line.
   *
   * @param value the queue, and what else holds it back
   * @return the copy
   */
  public StartOptions withQueue(QueueOptions value) {
    return new StartOptions(executionId, trigger, tenant, attributes, patience, value);
  }
}
