package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.internal.text.Shown;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the engine is asked.
 *
 * @param tenant the tenant it is bound to; null is the host, which sees all
 * @param actor who it is; empty is unknown
 */
record Caller(@Nullable String tenant, String actor) {
  static final Caller HOST = new Caller(null, "");

  private static final int LONGEST_TENANT = 128;
  private static final int LONGEST_ACTOR = 255;

  Caller as(String name) {
    if (name.isBlank() || name.length() > LONGEST_ACTOR) {
      throw new IllegalArgumentException(
          "actor must have 1 to " + LONGEST_ACTOR + " characters, had " + name.length());
    }
    return new Caller(tenant, name);
  }

  /** Bound to a tenant; who is bound already stays so. */
  Caller of(String value) {
    if (tenant != null && !tenant.equals(value)) {
      throw bound("the view of another tenant");
    }
    checkTenant(value);
    return new Caller(value, actor);
  }

  /** Tenants are parts of keys, between slashes. */
  static void checkTenant(String value) {
    boolean fits =
        !value.isBlank()
            && value.length() <= LONGEST_TENANT
            && value.indexOf('/') < 0
            && value.chars().noneMatch(Character::isISOControl);
    if (!fits) {
      throw new IllegalArgumentException(
          "tenant must have 1 to "
              + LONGEST_TENANT
              + " characters, without slashes and control characters, was "
              + Shown.quoted(value));
    }
  }

  /** Whether it may see what belongs to a tenant. */
  boolean sees(String other) {
    return tenant == null || tenant.equals(other);
  }

  /** The tenant of what it makes. */
  String home() {
    return tenant == null ? "" : tenant;
  }

  /** Refuses what only the host may do. */
  FlowForgeException bound(String what) {
    return new FlowForgeException(
        "FF-TENANT-BOUND",
        what
            + " is not for the view of tenant "
            + Shown.quoted(home())
            + "; ask the engine it was made from",
        Map.of("tenant", home()),
        false,
        null);
  }
}
