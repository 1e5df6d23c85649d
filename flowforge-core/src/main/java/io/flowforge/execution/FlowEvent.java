package io.flowforge.execution;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in an execution.
 *
 * @param type what it tells of
 * @param seq the execution's transition count when it happened; grows within an execution; 0 for
 *     events that belong to none
 * @param timestamp when it happened
 * @param executionId the execution; empty for events that belong to none
 * @param flowId the flow; empty for events that belong to none
 * @param tenant the execution's tenant; empty is none
 * @param node address of the node run, or id of a trigger node; null when it is about none
 * @param data facts as plain values, by type: {@code status}, {@code output}, {@code error}, {@code
 *     attempt}, {@code nextAttemptAt}, {@code chunk}, {@code fraction}, {@code note}, {@code
 *     dropped}, {@code type}, {@code reason}
 */
public record FlowEvent(
    EventType type,
    long seq,
    Instant timestamp,
    String executionId,
    String flowId,
    String tenant,
    @Nullable String node,
    Map<String, Object> data) {

  /**
   * The stable JSON form as a plain map.
   *
   * @return {@code {type, seq, timestamp, execution_id, flow_id, tenant, node_id, data}}, without
   *     {@code tenant} when there is none
   */
  public Map<String, Object> toValue() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("type", type.wireName());
    value.put("seq", seq);
    value.put("timestamp", Timestamps.text(timestamp));
    value.put("execution_id", executionId);
    value.put("flow_id", flowId);
    if (!tenant.isEmpty()) {
      value.put("tenant", tenant);
    }
    if (node != null) {
      value.put("node_id", node);
    }
    value.put("data", data);
    return Collections.unmodifiableMap(value);
  }
}
