package io.flowforge;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a repository tells of a flow without reading it.
 *
 * @param tenant tenant it belongs to; empty is none
 * @param current the version that new starts take
 * @param status what it may be used for
 * @param tags tags of the current version
 * @param changedAt when the version or the status changed last
 */
public record FlowEntry(
    String tenant, FlowVersion current, FlowStatus status, List<String> tags, Instant changedAt) {
  /** Checks and copies. */
  public FlowEntry {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(current, "current");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(changedAt, "changedAt");
    tags = List.copyOf(tags);
  }

  /**
   * The id.
   *
   * @return id of the flow, unique within its tenant
   */
  public String id() {
    return current.flowId();
  }
}
