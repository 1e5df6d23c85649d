package io.flowforge.campaign.oracle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a store holds of executions.
 *
 * @param executions by id
 */
public record Stored(Map<String, Execution> executions) {
  /**
   * One execution.
   *
   * @param id its id
   * @param status as the head says
   * @param reason why it is parked; null otherwise
   * @param owner who drives it; null when nobody does
   * @param epoch of the present ownership
   * @param recoveries takeovers without progress
   * @param pages its journal, in the order of positions
   */
  public record Execution(
      String id,
      String status,
      @Nullable String reason,
      @Nullable String owner,
      long epoch,
      int recoveries,
      List<Page> pages) {}

  /**
   * One page.
   *
   * @param position counted from 1
   * @param epoch the writer's
   * @param worker the writer
   * @param entries what happened, in order
   */
  public record Page(long position, long epoch, String worker, List<Map<String, Object>> entries) {}
}
