package io.flowforge.spi.store;

import java.util.Objects;

/**
 * A message in an execution's inbox.
 *
 * @param executionId the receiver
 * @param number its number in that inbox, counted from 1 in order of arrival
 * @param message the message
 */
public record ReceivedMessage(String executionId, long number, Message message) {
  /** Checks the parts. */
  public ReceivedMessage {
    Objects.requireNonNull(executionId, "executionId");
    Objects.requireNonNull(message, "message");
  }
}
