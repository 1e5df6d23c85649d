package io.flowforge.spi.store;

import java.util.Objects;

/**
 * A message and whom it is for.
 *
 * @param executionId the receiver
 * @param message the message
 */
public record OutgoingMessage(String executionId, Message message) {
  /** Checks the parts. */
  public OutgoingMessage {
    Objects.requireNonNull(executionId, "executionId");
    Objects.requireNonNull(message, "message");
  }
}
