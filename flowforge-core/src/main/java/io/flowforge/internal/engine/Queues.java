package io.flowforge.internal.engine;

import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Concurrency;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds executions back whose flow limits how many run at once under a key. */
final class Queues {
  private final Map<String, Lane> lanes = new HashMap<>();

  /** The lane of every run that is in one. */
  private final IdentityHashMap<Run, Lane> where = new IdentityHashMap<>();

  /** The runs of one key: those that run, and those in line. */
  private static final class Lane {
    private final String key;
    private final Set<Run> running = new LinkedHashSet<>();
    private final ArrayDeque<Run> line = new ArrayDeque<>();

    Lane(String key) {
      this.key = key;
    }
  }

  /** Begins a run, now or when its turn comes. */
  void begin(Run run, Plan plan) {
    Concurrency limit = plan.flow.settings().concurrency();
    if (limit == null) {
      run.begin();
      return;
    }
    String key;
    try {
      key = run.concurrencyKey();
    } catch (RuntimeException broken) {
      run.endUnstarted(ExecutionStatus.FAILED, run.errorOf(broken));
      return;
    }
    begin(run, key, limit);
  }

  private void begin(Run run, String key, Concurrency limit) {
    List<Run> before = new ArrayList<>();
    synchronized (this) {
      Lane lane = lanes.computeIfAbsent(key, Lane::new);
      if (lane.running.size() < limit.limit()) {
        lane.running.add(run);
        where.put(run, lane);
      } else {
        before.addAll(lane.running);
        before.addAll(lane.line);
        if (limit.overlap() != Concurrency.Overlap.SKIP) {
          lane.line.add(run);
          where.put(run, lane);
        }
      }
    }
    if (before.isEmpty()) {
      run.begin();
    } else if (limit.overlap() == Concurrency.Overlap.SKIP) {
      run.endUnstarted(ExecutionStatus.CANCELLED, full(limit));
    } else {
      run.awaitTurn();
      if (limit.overlap() == Concurrency.Overlap.CANCEL_PREVIOUS) {
        cancelOne(before);
      }
    }
  }

  private static ExecutionError full(Concurrency limit) {
    return ExecutionError.of(
        "FF-OVERLAP",
        "as many executions as settings.concurrency allows are running (" + limit.limit() + ")",
        null);
  }

  /** The oldest that is not ending already makes room. */
  private static void cancelOne(List<Run> oldestFirst) {
    for (Run run : oldestFirst) {
      if (run.cancel("a newer execution takes its place (settings.concurrency)")) {
        return;
      }
    }
  }

  /** A run has ended: the next in line begins. */
  void ended(Run run) {
    if (run.flow().settings().concurrency() == null) {
      return;
    }
    Run next = next(run);
    if (next != null) {
      next.takeItsTurn();
    }
  }

  private synchronized @Nullable Run next(Run run) {
    Lane lane = where.remove(run);
    if (lane == null) {
      return null;
    }
    lane.line.remove(run);
    Run next = null;
    if (lane.running.remove(run)) {
      next = lane.line.poll();
      if (next != null) {
        lane.running.add(next);
      }
    }
    if (lane.running.isEmpty() && lane.line.isEmpty()) {
      lanes.remove(lane.key);
    }
    return next;
  }

  synchronized int waiting() {
    int count = 0;
    for (Lane lane : lanes.values()) {
      count += lane.line.size();
    }
    return count;
  }
}
