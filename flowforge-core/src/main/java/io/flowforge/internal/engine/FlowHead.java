package io.flowforge.internal.engine;

import io.flowforge.FlowEntry;
import io.flowforge.FlowStatus;
import io.flowforge.FlowVersion;
import io.flowforge.execution.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a store keeps of a flow under its tenant and id: the whole of what changes, so that one
 * compare-and-set is enough.
 *
 * @param current the current version
 * @param status what the flow may be used for
 * @param tags tags of the current version
 * @param changedAt when it changed last
 */
record FlowHead(FlowVersion current, FlowStatus status, List<String> tags, Instant changedAt) {
  FlowHead with(FlowStatus other, Instant now) {
    return new FlowHead(current, other, tags, now);
  }

  FlowEntry entry(String tenant) {
    return new FlowEntry(tenant, current, status, tags, changedAt);
  }

  byte[] bytes() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("current", version(current));
    value.put("status", status);
    value.put("tags", tags);
    value.put("changedAt", changedAt);
    return Json.bytes(value);
  }

  static FlowHead parse(byte[] bytes) {
    Map<?, ?> value = map(Json.parse(bytes));
    List<?> tags = (List<?>) Objects.requireNonNull(value.get("tags"));
    return new FlowHead(
        version(map(value.get("current"))),
        FlowStatus.valueOf(text(value, "status")),
        tags.stream().map(String::valueOf).toList(),
        Instant.parse(text(value, "changedAt")));
  }

  static byte[] bytes(FlowVersion version) {
    return Json.bytes(version(version));
  }

  static FlowVersion parseVersion(byte[] bytes) {
    return version(map(Json.parse(bytes)));
  }

  private static Map<String, Object> version(FlowVersion version) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("flow", version.flowId());
    value.put("number", version.number());
    value.put("hash", version.hash());
    value.put("savedAt", version.savedAt());
    value.put("by", version.by());
    value.put("note", version.note());
    return value;
  }

  private static FlowVersion version(Map<?, ?> value) {
    Number number = (Number) Objects.requireNonNull(value.get("number"));
    return new FlowVersion(
        text(value, "flow"),
        number.intValue(),
        text(value, "hash"),
        Instant.parse(text(value, "savedAt")),
        text(value, "by"),
        text(value, "note"));
  }

  private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static String text(Map<?, ?> value, String name) {
    return String.valueOf(value.get(name));
  }
}
