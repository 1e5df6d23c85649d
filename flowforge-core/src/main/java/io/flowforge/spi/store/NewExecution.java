package io.flowforge.spi.store;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An execution to create, with status {@code PENDING} and epoch 1.
 *
 * @param id 1 to 255 characters, case-sensitive
 * @param flowId id of its flow
 * @param flowHash content hash of its flow
 * @param tenant tenant; empty is none
 * @param attributes texts to find it by
 * @param start how it is started, as JSON text
 * @param startedMicros when it was accepted, in microseconds since 1970
 * @param worker who owns it from the first; null leaves it to whoever claims it first
 * @param place its place in a queue; null when it may begin at once
 */
public record NewExecution(
    String id,
    String flowId,
    String flowHash,
    String tenant,
    Map<String, String> attributes,
    String start,
    long startedMicros,
    @Nullable String worker,
    @Nullable QueuePlace place) {

  /** Checks and copies. */
  public NewExecution {
    Objects.requireNonNull(start, "start");
    attributes = Map.copyOf(attributes);
    if (id.isEmpty() || id.length() > 255) {
      throw new IllegalArgumentException("id must have 1 to 255 characters, had " + id.length());
    }
  }

  /**
   * One that may begin at once.
   *
   * @param id 1 to 255 characters, case-sensitive
   * @param flowId id of its flow
   * @param flowHash content hash of its flow
   * @param tenant tenant; empty is none
   * @param attributes texts to find it by
   * @param start how it is started, as JSON text
   * @param startedMicros when it was accepted, in microseconds since 1970
   * @param worker who owns it from the first; null leaves it to whoever claims it first
   */
  public NewExecution(
      String id,
      String flowId,
      String flowHash,
      String tenant,
      Map<String, String> attributes,
      String start,
      long startedMicros,
      @Nullable String worker) {
    this(id, flowId, flowHash, tenant, attributes, start, startedMicros, worker, null);
  }

  /**
   * A copy in a queue.
   *
   * @param next the place; null when it may begin at once
   * @return the copy
   */
  public NewExecution withPlace(@Nullable QueuePlace next) {
    return new NewExecution(
        id, flowId, flowHash, tenant, attributes, start, startedMicros, worker, next);
  }
}
