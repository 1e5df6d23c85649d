package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.Mutants;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes journal pages where the database has no single statement for it. */
final class Pages {
  private record Standing(@Nullable String worker, long epoch, long position) {}

  private Pages() {}

  /** Writes what is due; the worker's row is locked by the caller. */
  static Set<Integer> append(Session session, String worker, List<Page> pages) throws SQLException {
    Map<String, Standing> standings = standings(session, pages);
    Set<Integer> written = new HashSet<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int number = 0; number < pages.size(); number++) {
      Page page = pages.get(number);
      if (page.known() || isDue(page, standings.get(page.executionId()), worker)) {
        written.add(number);
        rows.add(
            new @Nullable Object[] {
              page.executionId(), page.position(), page.epoch(), worker, page.data()
            });
      }
    }
    session.batch(
        "INSERT INTO {page} (execution_id, position, epoch, worker, data)"
            + " VALUES (?, ?, ?, ?, ?)",
        rows);
    return written;
  }

  private static boolean isDue(Page page, @Nullable Standing standing, String worker) {
    if (standing == null || !owned(page, standing, worker)) {
      return false;
    }
    if (page.position() > standing.position() + 1) {
      throw Refusals.gap();
    }
    return page.position() == standing.position() + 1;
  }

  private static boolean owned(Page page, Standing standing, String worker) {
    return Mutants.NO_EPOCH_CHECK
        || (worker.equals(standing.worker()) && page.epoch() == standing.epoch());
  }

  private static Map<String, Standing> standings(Session session, List<Page> pages)
      throws SQLException {
    Map<String, Standing> standings = new HashMap<>();
    List<String> ids = pages.stream().filter(page -> !page.known()).map(Page::executionId).toList();
    for (Ids part : Ids.parts(ids, session.sql().dialect().widest())) {
      session.query(
          "SELECT e.id, e.worker, e.epoch, (SELECT p.position FROM {page} p WHERE"
              + " p.execution_id = e.id ORDER BY p.execution_id DESC, p.position DESC LIMIT 1)"
              + " FROM {execution} e WHERE e.id {in}",
          row ->
              standings.put(
                  row.text(1), new Standing(row.optionalText(2), row.number(3), row.number(4))),
          part);
    }
    return standings;
  }
}
