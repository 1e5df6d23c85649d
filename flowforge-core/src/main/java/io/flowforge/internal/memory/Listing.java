package io.flowforge.internal.memory;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.NewExecution;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Looks through the executions and cleans them up. */
final class Listing {
  private final Rows rows;

  Listing(Rows rows) {
    this.rows = rows;
  }

  List<ExecutionRecord> list(ExecutionQuery query) {
    Stream<Row> newestFirst =
        query.afterMicros() == 0
            ? rows.newestFirst().stream()
            : rows.newestFirst(query.afterMicros(), query.afterId()).stream();
    return newestFirst
        .takeWhile(row -> row.created.startedMicros() >= query.fromMicros())
        .filter(row -> matches(row, query))
        .limit(query.limit())
        .map(Row::head)
        .toList();
  }

  private static boolean matches(Row row, ExecutionQuery query) {
    NewExecution created = row.created;
    return (query.flowId() == null || query.flowId().equals(created.flowId()))
        && (query.statuses().isEmpty() || query.statuses().contains(row.status))
        && (query.tenant() == null || query.tenant().equals(created.tenant()))
        && created.attributes().entrySet().containsAll(query.attributes().entrySet())
        && (query.toMicros() == 0 || created.startedMicros() < query.toMicros());
  }

  int purge(Set<ExecutionStatus> statuses, long finishedBeforeMicros, int limit) {
    List<Row> old =
        rows.endedBefore(finishedBeforeMicros).stream()
            .filter(row -> statuses.contains(row.status))
            .limit(Math.max(0, limit))
            .toList();
    old.forEach(rows::remove);
    return old.size();
  }
}
