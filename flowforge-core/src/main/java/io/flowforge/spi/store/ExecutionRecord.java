package io.flowforge.spi.store;

import io.flowforge.execution.ExecutionStatus;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The head of a stored execution: what it is found by, and who may drive it. Times are microseconds
 * since 1970 by the store's clock unless said otherwise.
 *
 * @param id 1 to 255 characters, case-sensitive
 * @param flowId id of its flow
 * @param flowHash content hash of its flow; the flow itself is the record of kind {@code
 *     flow-version} with that key
 * @param tenant tenant; empty is none
 * @param attributes texts to find it by
 * @param start how it was started, as JSON text; never changes
 * @param status where it stands
 * @param reason for {@code PARKED} why, for {@code FAILED} the error's code, for {@code PENDING}
 *     {@link QueuePlace#REFUSED} when its queue refused it; null otherwise
 * @param worker who owns it; null when nobody does
 * @param epoch how often its ownership has changed; every write on its behalf names it
 * @param position number of its last journal page; 0 before the first
 * @param inbox number of the last message that was sent to it; 0 before the first
 * @param recoveries takeovers from dead workers since it last made progress
 * @param claimAtMicros from when a worker may claim it; 0 is never, as while it is owned
 * @param startedMicros when it was accepted, by the clock of the engine
 * @param finishedMicros when it ended, by the clock of the engine; 0 before
 */
public record ExecutionRecord(
    String id,
    String flowId,
    String flowHash,
    String tenant,
    Map<String, String> attributes,
    String start,
    ExecutionStatus status,
    @Nullable String reason,
    @Nullable String worker,
    long epoch,
    long position,
    long inbox,
    int recoveries,
    long claimAtMicros,
    long startedMicros,
    long finishedMicros) {

  /** Checks and copies. */
  public ExecutionRecord {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(status, "status");
    attributes = Map.copyOf(attributes);
    if (id.isEmpty() || id.length() > 255) {
      throw new IllegalArgumentException("id must have 1 to 255 characters, had " + id.length());
    }
  }
}
