package io.flowforge;

import io.flowforge.spi.store.ExecutionQuery;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of many executions in one call.
 *
 * @param items one for each execution that was found, in the order of the query
 * @param next the query to go on with; null when nothing is left
 */
public record BulkResult(List<Item> items, @Nullable ExecutionQuery next) {
  /** Copies the list. */
  public BulkResult {
    items = List.copyOf(items);
  }

  /**
   * What became of one execution.
   *
   * @param source the execution
   * @param copy id of its copy; null when it was refused
   * @param created whether this call made the copy; false when an earlier one with the same bulk id
   *     did
   * @param error why it was refused; null when it was not
   */
  public record Item(
      String source, @Nullable String copy, boolean created, @Nullable FlowForgeException error) {
    /** Checks the source. */
    public Item {
      Objects.requireNonNull(source, "source");
    }
  }
}
