package io.flowforge.jdbc.internal;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of executions and workers, and what is known of them. An execution that is deleted and
 * created again has another number, so what is kept here holds only for one that is known to be
 * there still. Bounded; thread-safe.
 */
final class Numbers {
  private static final int MOST = 20_000;
  private static final int MOST_WORKERS = 100;

  /** So many are fetched for executions that are created one by one. */
  private static final int SPARE = 64;

  private final Map<String, Long> numbers =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST;
        }
      };

  private final Map<String, Long> workers = new ConcurrentHashMap<>();
  private final Queue<Long> spare = new ConcurrentLinkedQueue<>();

  /** The number of a worker, which it keeps for ever. */
  long ofWorker(Session session, String worker) throws SQLException {
    Long known = workers.get(worker);
    if (known != null) {
      return known;
    }
    long number =
        session
            .query("SELECT w.number FROM {worker} w WHERE w.id = ?", row -> row.number(1), worker)
            .get(0);
    if (workers.size() >= MOST_WORKERS) {
      workers.clear();
    }
    workers.put(worker, number);
    return number;
  }

  /** A number that no execution has had. */
  long next(Session session) throws SQLException {
    Long one = spare.poll();
    if (one != null) {
      return one;
    }
    List<Long> fresh = fresh(session, SPARE);
    spare.addAll(fresh.subList(1, fresh.size()));
    return fresh.get(0);
  }

  /** So many numbers that no execution has had. */
  List<Long> fresh(Session session, int count) throws SQLException {
    return session.query(
        "SELECT NEXT VALUE FOR {execution_number} FROM SYSTEM_RANGE(1, ?)",
        row -> row.number(1),
        count);
  }

  synchronized void keep(String executionId, long number) {
    numbers.put(executionId, number);
  }

  synchronized @Nullable Long of(String executionId) {
    return numbers.get(executionId);
  }
}
