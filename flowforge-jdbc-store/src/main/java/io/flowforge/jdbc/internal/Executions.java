package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.NewExecution;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
      "INSERT INTO {execution} (%s"
          + COLUMNS
          + ") VALUES (%s?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " 1, 0, 0, 0, ?, ?, ?)";

  private static final String NUMBERED = INSERT.formatted("number, ", "?, ");

  private Executions() {}

  /** Creates those that are not there, where the database has no single statement for it. */
  static Set<String> create(Session session, List<NewRow> rows) throws SQLException {
    List<@Nullable Object[]> values = new ArrayList<>();
    Set<String> created = new HashSet<>();
    for (NewRow row : missing(session, rows)) {
      created.add(row.execution().id());
      values.add(values(row).toArray());
    }
    session.batch(INSERT.formatted("", ""), values);
    return created;
  }

  /** Creates those that are not there, with numbers. */
  static Set<String> create(Session session, List<NewRow> rows, Numbers numbers)
      throws SQLException {
    List<NewRow> missing = missing(session, rows);
    Iterator<Long> fresh = numbers.fresh(session, missing.size()).iterator();
    List<@Nullable Object[]> values = new ArrayList<>();
    Set<String> created = new HashSet<>();
    for (NewRow row : missing) {
      long number = fresh.next();
      numbers.keep(row.execution().id(), number);
      created.add(row.execution().id());
      List<@Nullable Object> all = values(row);
      all.add(0, number);
      values.add(all.toArray());
    }
    session.batch(NUMBERED, values);
    return created;
  }

  /** Creates one with a number; a key that exists already lets it fail. */
  static void create(Session session, NewRow row, long number) throws SQLException {
    List<@Nullable Object> all = values(row);
    all.add(0, number);
    session.update(NUMBERED, all.toArray());
    attributes(session, List.of(row), Set.of(row.execution().id()));
  }

  private static List<NewRow> missing(Session session, List<NewRow> rows) throws SQLException {
    List<String> ids = rows.stream().map(row -> row.execution().id()).toList();
    Set<String> there = new HashSet<>();
    for (Ids part : Ids.parts(ids, session.sql().dialect().widest())) {
      session.query(
          "SELECT e.id FROM {execution} e WHERE e.id {in}", row -> there.add(row.text(1)), part);
    }
    Map<String, NewRow> missing = new LinkedHashMap<>();
    for (NewRow row : rows) {
      String id = row.execution().id();
      if (!there.contains(id)) {
        missing.putIfAbsent(id, row);
      }
    }
    return List.copyOf(missing.values());
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

  private static List<@Nullable Object> values(NewRow row) {
    NewExecution execution = row.execution();
    List<@Nullable Object> values = new ArrayList<>();
    Collections.addAll(
        values,
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
        row.finished());
    return values;
  }
}
