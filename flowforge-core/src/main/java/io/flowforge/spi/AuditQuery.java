package io.flowforge.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of an audit log to read, oldest first. Immutable; every {@code with} method returns
 * a changed copy.
 *
 * @param tenant only of this tenant, empty is those without one; null is any
 * @param actor only by this actor; null is any
 * @param action only actions that begin so, such as {@code flow.}; empty is any
 * @param object only done to this; null is any
 * @param after only behind the entry of this id; empty begins at the oldest
 * @param limit the most to give, 1 to 1,000
 */
public record AuditQuery(
    @Nullable String tenant,
    @Nullable String actor,
    String action,
    @Nullable String object,
    String after,
    int limit) {

  /** The 100 oldest. */
  public static final AuditQuery ALL = new AuditQuery(null, null, "", null, "", 100);

  /** Checks the bounds. */
  public AuditQuery {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(after, "after");
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, was " + limit);
    }
  }

  /**
   * Whether an entry is one to read, wherever it stands.
   *
   * @param entry the entry
   * @return true when tenant, actor, action and object fit
   */
  public boolean wants(AuditEntry entry) {
    return (tenant == null || tenant.equals(entry.tenant()))
        && (actor == null || actor.equals(entry.actor()))
        && (object == null || object.equals(entry.object()))
        && entry.action().startsWith(action);
  }

  /**
   * A copy for one tenant.
   *
   * @param value the tenant; empty is the entries without one
   * @return the copy
   */
  public AuditQuery withTenant(String value) {
    return new AuditQuery(value, actor, action, object, after, limit);
  }

  /**
   * A copy for one actor.
   *
   * @param value the actor
   * @return the copy
   */
  public AuditQuery withActor(String value) {
    return new AuditQuery(tenant, value, action, object, after, limit);
  }

  /**
   * A copy for some actions.
   *
   * @param prefix what they begin with
   * @return the copy
   */
  public AuditQuery withAction(String prefix) {
    return new AuditQuery(tenant, actor, prefix, object, after, limit);
  }

  /**
   * A copy for one object.
   *
   * @param value id or name of what was acted on
   * @return the copy
   */
  public AuditQuery withObject(String value) {
    return new AuditQuery(tenant, actor, action, value, after, limit);
  }

  /**
   * A copy for the page behind one.
   *
   * @param last the last entry of that page
   * @return the copy
   */
  public AuditQuery after(AuditEntry last) {
    return new AuditQuery(tenant, actor, action, object, last.id(), limit);
  }

  /**
   * A copy with another page size.
   *
   * @param most 1 to 1,000
   * @return the copy
   */
  public AuditQuery withLimit(int most) {
    return new AuditQuery(tenant, actor, action, object, after, most);
  }
}
