package io.flowforge.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * That someone did something. Holds neither payloads nor secrets.
 *
 * @param id sorts by time within one engine, and is never used twice
 * @param at when it was done
 * @param tenant tenant of what it was done to; empty is none
 * @param actor who did it, as the host named them with {@code FlowForge.as}; empty when it did not
 * @param action what was done, such as {@code execution.cancel} or {@code flow.save}
 * @param object what it was done to: id of an execution or a flow, name of a credential
 * @param detail a few facts by name, such as {@code version}
 */
public record AuditEntry(
    String id,
    Instant at,
    String tenant,
    String actor,
    String action,
    String object,
    Map<String, String> detail) {
  /** Checks and copies. */
  public AuditEntry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(object, "object");
    detail = Map.copyOf(detail);
  }
}
