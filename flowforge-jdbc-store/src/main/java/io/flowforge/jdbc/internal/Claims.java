package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FencedException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes executions for workers.
 *
 * <p>When the connection is lost during the commit of a claim, the worker may own executions that
 * it was never told of. They are kept in mind, and told by the next claim.
 */
final class Claims {
  private final Suspects suspects;

  /** Epochs by id of the execution, by worker. */
  private final Map<String, Map<String, Long>> inDoubt = new ConcurrentHashMap<>();

  Claims(Suspects suspects) {
    this.suspects = suspects;
  }

  /** Takes those that are due. */
  Work<List<ExecutionRecord>> due(String worker, int limit) {
    return new Claim(worker) {
      @Override
      List<ExecutionRecord> take(Session session, List<ExecutionRecord> before)
          throws SQLException {
        List<ExecutionRecord> all =
            new ArrayList<>(before.subList(0, Math.max(0, Math.min(limit, before.size()))));
        if (limit > all.size()) {
          Set<String> queued = new HashSet<>();
          List<String> due = session.sql().dialect().due(session, limit - all.size(), queued);
          all.addAll(own(session, Places.ready(session, due, queued)));
        }
        return all;
      }
    };
  }

  /** Takes one, due or not. */
  Work<List<ExecutionRecord>> one(String worker, String executionId) {
    return new Claim(worker) {
      @Override
      List<ExecutionRecord> take(Session session, List<ExecutionRecord> before)
          throws SQLException {
        for (ExecutionRecord record : before) {
          if (record.id().equals(executionId)) {
            return List.of(record);
          }
        }
        Set<String> queued = new HashSet<>();
        List<String> ids =
            session.query(
                "SELECT id, queue FROM {execution} WHERE id = ? AND worker IS NULL"
                    + " AND status NOT IN ('COMPLETED', 'FAILED', 'CANCELLED') {lock}",
                row -> Dialect.dueId(row, queued),
                executionId);
        if (ids.isEmpty() && Workers.isUnburied(session, executionId)) {
          // Somebody had the row of its dead owner at that moment, perhaps to bury it.
          throw new SQLException("the owner of an execution is just being buried", "40001");
        }
        boolean held = !queued.isEmpty() && Places.isHeld(session, executionId);
        return held ? List.of() : own(session, ids);
      }
    };
  }

  /** Told once a claim has been answered: what it gave is in doubt no more. */
  void answered(String worker, List<ExecutionRecord> given) {
    Map<String, Long> doubtful = inDoubt.get(worker);
    if (doubtful != null) {
      given.forEach(record -> doubtful.remove(record.id()));
    }
  }

  /** Nothing more is told to a worker that has ended. */
  void forget(String worker) {
    inDoubt.remove(worker);
  }

  /** One call; may be run again, because what an earlier run took is told by the next. */
  private abstract class Claim implements Work<List<ExecutionRecord>> {
    private final String worker;
    private final Map<String, Long> taken = new HashMap<>();

    Claim(String worker) {
      this.worker = worker;
    }

    abstract List<ExecutionRecord> take(Session session, List<ExecutionRecord> before)
        throws SQLException;

    @Override
    public List<ExecutionRecord> run(Session session) throws SQLException {
      if (Workers.living(session, List.of(worker)).isEmpty()) {
        throw new FencedException(worker);
      }
      Workers.buryOthers(session, worker, suspects);
      Map<String, Long> doubtful = new HashMap<>(inDoubt.getOrDefault(worker, Map.of()));
      // What this call took in a run whose outcome is not known.
      doubtful.putAll(taken);
      List<ExecutionRecord> before = new ArrayList<>();
      for (ExecutionRecord record : owned(session, List.copyOf(doubtful.keySet()))) {
        if (Objects.equals(doubtful.get(record.id()), record.epoch())) {
          before.add(record);
        }
      }
      List<ExecutionRecord> all = take(session, before);
      all.forEach(record -> taken.put(record.id(), record.epoch()));
      return all;
    }

    final List<ExecutionRecord> own(Session session, List<String> ids) throws SQLException {
      if (ids.isEmpty()) {
        return List.of();
      }
      session.update(
          "UPDATE {execution} SET worker = ?, epoch = epoch + 1, claim_at = NULL"
              + " WHERE worker IS NULL AND id {in}",
          worker,
          new Ids(ids));
      return owned(session, ids);
    }

    /** Heads of those that belong to the worker, in the same order. */
    private List<ExecutionRecord> owned(Session session, List<String> ids) throws SQLException {
      if (ids.isEmpty()) {
        return List.of();
      }
      Map<String, ExecutionRecord> records = new HashMap<>();
      // By their ids alone: the index of a worker's executions would lead to all that it has.
      session
          .query("SELECT {head} FROM {execution} e WHERE e.id {in}", Heads::read, new Ids(ids))
          .stream()
          .filter(record -> worker.equals(record.worker()))
          .forEach(record -> records.put(record.id(), record));
      return ids.stream().filter(records::containsKey).map(records::get).toList();
    }

    @Override
    public boolean replayable() {
      return true;
    }

    @Override
    public Points points() {
      return Points.CLAIM;
    }

    @Override
    public void leftInDoubt() {
      inDoubt.computeIfAbsent(worker, any -> new ConcurrentHashMap<>()).putAll(taken);
    }
  }
}
