package io.flowforge.spi.store;

import java.util.List;
import java.util.Objects;

/**
 * All that is kept of an execution.
 *
 * @param head its head
 * @param pages its journal, from the first page to the last
 * @param unread messages it has not read, oldest first
 */
public record StoredExecution(
    ExecutionRecord head, List<String> pages, List<ReceivedMessage> unread) {
  /** Checks and copies. */
  public StoredExecution {
    Objects.requireNonNull(head, "head");
    pages = List.copyOf(pages);
    unread = List.copyOf(unread);
  }
}
