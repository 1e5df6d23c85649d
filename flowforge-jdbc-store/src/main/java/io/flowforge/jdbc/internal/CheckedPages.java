package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.Mutants;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages of databases that have no single statement to write them: what is not known to be due is
 * looked up first. The worker's row is locked by the caller.
 */
abstract class CheckedPages implements Pages {
  /** What a page must fit; position 0 is no page yet. */
  private record Standing(@Nullable String worker, long epoch, long position, long number) {}

  /** The column of an execution called {@code e} that holds its number. */
  abstract String number();

  /** The number of the execution of a page that is known to be due; null when it is not known. */
  abstract @Nullable Long numberOf(Page page);

  /** Told what was found. */
  void found(String executionId, long number) {}

  /** Inserts one page. */
  abstract String insert();

  /** The values of {@link #insert}. */
  abstract @Nullable Object[] values(Session session, Page page, String worker, long number)
      throws SQLException;

  @Override
  public Set<Integer> append(Session session, String worker, List<Page> pages) throws SQLException {
    Map<String, Standing> standings = Map.of();
    Set<Integer> written = new HashSet<>(pages.size() * 2);
    List<@Nullable Object[]> rows = new ArrayList<>(pages.size());
    @Nullable Long[] numbers = known(pages);
    if (Arrays.asList(numbers).contains(null)) {
      standings = standings(session, pages, numbers);
    }
    for (int index = 0; index < numbers.length; index++) {
      Page page = pages.get(index);
      Standing standing = standings.get(page.executionId());
      Long number = numbers[index];
      if (number == null && standing != null && (page.known() || isDue(page, standing, worker))) {
        number = standing.number();
      }
      if (number != null) {
        written.add(index);
        rows.add(values(session, page, worker, number));
      }
    }
    insert(session, rows);
    return written;
  }

  /** Inserts pages, given as the values of {@link #insert()}. */
  void insert(Session session, List<@Nullable Object[]> rows) throws SQLException {
    session.batch(insert(), rows);
  }

  /** The numbers of the executions of those pages that are known to be due; null for others. */
  private @Nullable Long[] known(List<Page> pages) {
    @Nullable Long[] numbers = new Long[pages.size()];
    for (int index = 0; index < numbers.length; index++) {
      Page page = pages.get(index);
      numbers[index] = page.known() ? numberOf(page) : null;
    }
    return numbers;
  }

  private static boolean isDue(Page page, Standing standing, String worker) {
    if (!owned(page, standing, worker)) {
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

  private Map<String, Standing> standings(
      Session session, List<Page> pages, @Nullable Long[] numbers) throws SQLException {
    List<String> unknown = new ArrayList<>();
    for (int index = 0; index < numbers.length; index++) {
      if (numbers[index] == null) {
        unknown.add(pages.get(index).executionId());
      }
    }
    Map<String, Standing> standings = new HashMap<>();
    String text =
        "SELECT e.id, e.worker, e.epoch, {last}, "
            + number()
            + " FROM {execution} e WHERE e.id {in}";
    for (Ids part : Ids.parts(unknown, session.sql().dialect().widest())) {
      session.query(
          text,
          row -> {
            found(row.text(1), row.number(5));
            return standings.put(
                row.text(1),
                new Standing(row.optionalText(2), row.number(3), row.number(4), row.number(5)));
          },
          part);
    }
    return standings;
  }
}
