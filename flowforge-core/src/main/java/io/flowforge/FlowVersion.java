package io.flowforge;

import java.time.Instant;
import java.util.Objects;

/**
 * One version of a stored flow. Immutable, as is the flow it stands for.
 *
 * @param flowId id of the flow
 * @param number counts the versions of the flow from 1
 * @param hash content hash of the flow; the same for a version that was rolled back to
 * @param savedAt when it became the current one
 * @param by actor who saved it; empty is unknown
 * @param note a few words; empty is none
 */
public record FlowVersion(
    String flowId, int number, String hash, Instant savedAt, String by, String note) {
  /** Checks the parts. */
  public FlowVersion {
    Objects.requireNonNull(flowId, "flowId");
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(savedAt, "savedAt");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(note, "note");
    if (number < 1) {
      throw new IllegalArgumentException("number must be >= 1, was " + number);
    }
  }
}
