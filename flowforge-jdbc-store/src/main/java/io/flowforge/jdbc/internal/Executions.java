package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.NewExecution;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates executions. */
final class Executions {
  /** The columns, in the order of {@link #values}. */
  static final String COLUMNS =
      "id, flow_id, flow_hash, tenant, attributes, start_doc, status, reason, worker,"
          + " epoch, inbox, read_to, recoveries, claim_at, started, finished";

  private static final String INSERT =
      "INSERT INTO {execution} ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " 1, 0, 0, 0, ?, ?, ?)";

  private Executions() {}

  /** Creates those that are not there, where the database has no single statement for it. */
  static Set<String> create(Session session, List<NewRow> rows) throws SQLException {
    List<String> ids = rows.stream().map(row -> row.execution().id()).toList();
    Set<String> there = new HashSet<>();
    for (Ids part : Ids.parts(ids, session.sql().dialect().widest())) {
      session.query(
          "SELECT e.id FROM {execution} e WHERE e.id {in}", row -> there.add(row.text(1)), part);
    }
    Set<String> created = new HashSet<>();
    List<@Nullable Object[]> values = new ArrayList<>();
    for (NewRow row : rows) {
      String id = row.execution().id();
      if (!there.contains(id) && created.add(id)) {
        values.add(values(row));
      }
    }
    session.batch(INSERT, values);
    return created;
  }

  /** Writes the attributes of new executions, to find them by. */
  static void attributes(Session session, List<NewRow> rows, Set<String> created)
      throws SQLException {
    List<@Nullable Object[]> values = new ArrayList<>();
    for (NewRow row : rows) {
      NewExecution execution = row.execution();
      if (created.contains(execution.id())) {
        for (Map.Entry<String, String> attribute : execution.attributes().entrySet()) {
          values.add(new @Nullable Object[] {digest(attribute), execution.id()});
        }
      }
    }
    session.batch("INSERT INTO {attribute} (digest, execution_id) VALUES (?, ?)", values);
  }

  /** What an attribute is found by. */
  static String digest(Map.Entry<String, String> attribute) {
    return Digest.of(attribute.getKey(), attribute.getValue());
  }

  private static @Nullable Object[] values(NewRow row) {
    NewExecution execution = row.execution();
    return new @Nullable Object[] {
      execution.id(),
      execution.flowId(),
      execution.flowHash(),
      execution.tenant(),
      Heads.attributes(execution.attributes()),
      execution.start(),
      row.status().name(),
      row.reason(),
      row.worker(),
      row.claimAt(),
      execution.startedMicros(),
      row.finished()
    };
  }
}
