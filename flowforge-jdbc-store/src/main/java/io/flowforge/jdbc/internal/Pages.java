package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.Commit;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The table of journal pages, which databases find their rows in by different keys. */
interface Pages {
  /** A subquery for the position of the last page of an execution called {@code e}. */
  String last();

  /**
   * Writes pages that are due and owned by a worker that lives.
   *
   * @return the numbers, in the list, of those written
   */
  Set<Integer> append(Session session, String worker, List<Page> pages) throws SQLException;

  /** What stands where a step belongs, written by its worker in its epoch; null is nothing. */
  @Nullable String standing(Session session, Commit commit) throws SQLException;

  /** Tells id and content of the pages of executions, those of one execution in order. */
  void read(Session session, Ids executions, BiConsumer<String, String> told) throws SQLException;

  /** Deletes the pages of executions, before these are deleted. */
  void delete(Session session, Ids executions) throws SQLException;
}
