package io.flowforge.spi.store;

import java.util.Objects;

/**
 * A node run that waits for an event.
 *
 * @param event name of the event
 * @param correlation what the event must name as well; empty is nothing
 * @param path address of the node run; the event comes as a message of kind {@link
 *     Message.Kind#EVENT} with this name
 */
public record EventWait(String event, String correlation, String path) {
  /** Checks the parts. */
  public EventWait {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(correlation, "correlation");
    Objects.requireNonNull(path, "path");
  }
}
