package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.Commit;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pages by one number, made of that of their execution and their position. Where rows lie in the
 * order of such a key, a page is written in one place only, beside those of the same time, and
 * without an index besides.
 */
final class PagesByNumber extends CheckedPages {
  /** Pages of an execution; 2^26, which leaves room for 2^37 executions. */
  private static final long MOST = 1L << 26;

  private static final String ROW = "(?, ?, ?, ?)";

  private static final String OF_EXECUTION =
      "p.number >= e.number * " + MOST + " AND p.number < (e.number + 1) * " + MOST;

  private final Numbers numbers;

  /**
   * Pages of executions.
   *
   * @param numbers those of the executions
   */
  PagesByNumber(Numbers numbers) {
    this.numbers = numbers;
  }

  @Override
  public String last() {
    return "(SELECT p.number - e.number * "
        + MOST
        + " FROM {page} p WHERE "
        + OF_EXECUTION
        + " ORDER BY p.number DESC LIMIT 1)";
  }

  @Override
  String number() {
    return "e.number";
  }

  @Override
  @Nullable Long numberOf(Page page) {
    return numbers.of(page.executionId());
  }

  @Override
  void found(String executionId, long number) {
    numbers.keep(executionId, number);
  }

  @Override
  String insert() {
    return "INSERT INTO {page} (number, epoch, worker, data) VALUES " + ROW;
  }

  @Override
  void insert(Session session, List<@Nullable Object[]> rows) throws SQLException {
    session.insert(insert(), ROW, rows);
  }

  @Override
  @Nullable Object[] values(Session session, Page page, String worker, long number)
      throws SQLException {
    if (page.position() >= MOST) {
      throw Refusals.call("an execution has at most " + (MOST - 1) + " pages, this is one more");
    }
    byte[] data = session.sql().dialect().toColumn(page.data()).getBytes(StandardCharsets.UTF_8);
    return new @Nullable Object[] {
      number * MOST + page.position(), page.epoch(), numbers.ofWorker(session, worker), data
    };
  }

  /** Writes the page of a step that is known to be due, by a worker that lives. */
  void append(Session session, Commit commit, long number) throws SQLException {
    Page page =
        new Page(commit.executionId(), commit.position(), commit.epoch(), commit.page(), true);
    session.update(insert(), values(session, page, commit.worker(), number));
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable String standing(Session session, Commit commit) throws SQLException {
    return session
        .query(
            "SELECT p.data FROM {execution} e JOIN {page} p ON p.number = e.number * "
                + MOST
                + " + ? JOIN {worker} w ON w.number = p.worker"
                + " WHERE e.id = ? AND p.epoch = ? AND w.id = ?",
            row -> text(row.bytes(1)),
            commit.position(),
            commit.executionId(),
            commit.epoch(),
            commit.worker())
        .stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public void read(Session session, Ids executions, BiConsumer<String, String> told)
      throws SQLException {
    session.query(
        "SELECT e.id, p.data FROM {execution} e JOIN {page} p ON "
            + OF_EXECUTION
            + " WHERE e.id {in} ORDER BY p.number",
        row -> {
          told.accept(row.text(1), text(row.bytes(2)));
          return true;
        },
        executions);
  }

  @Override
  public void delete(Session session, Ids executions) throws SQLException {
    List<@Nullable Object[]> ranges =
        session.query(
            "SELECT e.number FROM {execution} e WHERE e.id {in}",
            row -> new @Nullable Object[] {row.number(1) * MOST, (row.number(1) + 1) * MOST},
            executions);
    session.batch("DELETE FROM {page} WHERE number >= ? AND number < ?", ranges);
  }
}
