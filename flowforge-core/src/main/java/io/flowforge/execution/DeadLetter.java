package io.flowforge.execution;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An execution that will not go on unless somebody does something: it is parked, or it failed and
 * nobody has dealt with that yet.
 *
 * @param id id of the execution
 * @param flowId id of its flow
 * @param status {@code PARKED} or {@code FAILED}
 * @param reason why it is parked, such as {@code CRASH_LOOP}; the error's code when it failed
 * @param node address of the node run that failed or was under way; null when none is to blame
 * @param error the error; null when it is parked
 * @param attempts attempts of that node run
 * @param recoveries takeovers from dead processes since it last got on
 * @param startedAt when it was accepted
 */
public record DeadLetter(
    String id,
    String flowId,
    ExecutionStatus status,
    @Nullable String reason,
    @Nullable String node,
    @Nullable ExecutionError error,
    int attempts,
    int recoveries,
    Instant startedAt) {
  /** Checks the parts. */
  public DeadLetter {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(startedAt, "startedAt");
  }
}
