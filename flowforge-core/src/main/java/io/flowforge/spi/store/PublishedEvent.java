package io.flowforge.spi.store;

import java.util.Objects;

/**
 * An event for all executions that wait for it.
 *
 * @param id the sender's id; publishing twice with it counts as once while it is kept
 * @param event its name
 * @param correlation what waits must name as well; empty matches waits without one
 * @param payload JSON text
 * @param keepUntilMicros until when it is kept for one that begins to wait later, by the store's
 *     clock
 */
public record PublishedEvent(
    String id, String event, String correlation, String payload, long keepUntilMicros) {
  /** Checks the parts. */
  public PublishedEvent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(correlation, "correlation");
    Objects.requireNonNull(payload, "payload");
  }
}
