package io.flowforge.jdbc.internal;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.spi.store.ExecutionRecord;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads heads of executions. */
final class Heads {
  /** The columns of {@link #read}, from an execution called {@code e}. */
  static final String COLUMNS =
      "e.id, e.flow_id, e.flow_hash, e.tenant, e.attributes, e.start_doc, e.status, e.reason,"
          + " e.worker, e.epoch, {last}, e.inbox, e.recoveries, e.claim_at, e.started,"
          + " e.finished";

  private Heads() {}

  static ExecutionRecord read(Row row) throws SQLException {
    return new ExecutionRecord(
        row.text(1),
        row.text(2),
        row.text(3),
        row.text(4),
        attributes(row.text(5)),
        row.text(6),
        ExecutionStatus.valueOf(row.text(7)),
        row.optionalText(8),
        row.optionalText(9),
        row.number(10),
        row.number(11),
        row.number(12),
        (int) row.number(13),
        row.number(14),
        row.number(15),
        row.number(16));
  }

  static String attributes(Map<String, String> attributes) {
    return attributes.isEmpty() ? "{}" : Json.write(attributes);
  }

  private static Map<String, String> attributes(String json) {
    if (json.equals("{}")) {
      return Map.of();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    if (Json.parse(json) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> attributes.put(String.valueOf(name), String.valueOf(value)));
    }
    return attributes;
  }
}
