package io.flowforge;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which stored flows to list, by tenant and then by id. Immutable; every {@code with} method
 * returns a changed copy.
 *
 * @param tenant only of this tenant, empty is those without one; null is any
 * @param tag only with this tag; null is any
 * @param statuses only in one of these; empty is any
 * @param afterTenant with {@code afterId}, tenant of the last flow of the page before
 * @param afterId only behind the flow of this id; empty begins at the first
 * @param limit the most to give, 1 to 1,000
 */
public record FlowQuery(
    @Nullable String tenant,
    @Nullable String tag,
    Set<FlowStatus> statuses,
    String afterTenant,
    String afterId,
    int limit) {

  /** The first 100 that are not deleted. */
  public static final FlowQuery ALL =
      new FlowQuery(
          null,
          null,
          Set.of(FlowStatus.READY, FlowStatus.ACTIVE, FlowStatus.INACTIVE),
          "",
          "",
          100);

  /** Checks and copies. */
  public FlowQuery {
    Objects.requireNonNull(afterTenant, "afterTenant");
    Objects.requireNonNull(afterId, "afterId");
    statuses = Set.copyOf(statuses);
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, was " + limit);
    }
  }

  /**
   * A copy for one tenant.
   *
   * @param value the tenant; empty is the flows without one
   * @return the copy
   */
  public FlowQuery withTenant(String value) {
    return new FlowQuery(value, tag, statuses, afterTenant, afterId, limit);
  }

  /**
   * A copy for flows with a tag.
   *
   * @param value the tag
   * @return the copy
   */
  public FlowQuery withTag(String value) {
    return new FlowQuery(tenant, value, statuses, afterTenant, afterId, limit);
  }

  /**
   * A copy for some statuses.
   *
   * @param wanted the statuses; empty is any
   * @return the copy
   */
  public FlowQuery withStatuses(Set<FlowStatus> wanted) {
    return new FlowQuery(tenant, tag, wanted, afterTenant, afterId, limit);
  }

  /**
   * A copy for the page behind one.
   *
   * @param last the last flow of that page
   * @return the copy
   */
  public FlowQuery after(FlowEntry last) {
    return new FlowQuery(tenant, tag, statuses, last.tenant(), last.id(), limit);
  }

  /**
   * A copy with another page size.
   *
   * @param most 1 to 1,000
   * @return the copy
   */
  public FlowQuery withLimit(int most) {
    return new FlowQuery(tenant, tag, statuses, afterTenant, afterId, most);
  }
}
