package io.flowforge.internal.engine;

import io.flowforge.execution.ExecutionError;
import io.flowforge.flow.Concurrency;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Run;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds executions back whose flow limits how many run at once under a key. */
final class Queues {
  private final Map<String, Lane> lanes = new HashMap<>();

  /** The runs of one key: those that run, and those in line. */
  private static final class Lane {
    private final Set<Run> running = new LinkedHashSet<>();
    private final ArrayDeque<Run> line = new ArrayDeque<>();
  }

  /** Begins a run, now or when its turn comes. */
  void begin(Run run, Plan plan) {
    Concurrency limit = plan.flow.settings().concurrency();
    if (limit == null) {
      run.begin();
      return;
    }
    Run previous = null;
    boolean skipped = false;
    synchronized (this) {
      Lane lane = lanes.computeIfAbsent(run.concurrencyKey(), key -> new Lane());
      if (lane.running.size() >= limit.limit()) {
        if (limit.overlap() == Concurrency.Overlap.SKIP) {
          skipped = true;
        } else {
          lane.line.add(run);
          if (limit.overlap() == Concurrency.Overlap.QUEUE) {
            return;
          }
          Iterator<Run> oldest = lane.running.iterator();
          previous = oldest.next();
        }
      } else {
        lane.running.add(run);
      }
    }
    if (skipped) {
      run.endUnstarted(
          ExecutionError.of(
              "FF-OVERLAP",
              "as many executions as settings.concurrency allows are running ("
                  + limit.limit()
                  + ")",
              null));
    } else if (previous != null) {
      previous.cancel("a newer execution takes its place (settings.concurrency)");
    } else {
      run.begin();
    }
  }

  /** A run has ended: the next in line begins. */
  void ended(Run run) {
    if (run.flow().settings().concurrency() == null) {
      return;
    }
    Run next = next(run);
    if (next != null) {
      next.begin();
    }
  }

  private synchronized @Nullable Run next(Run run) {
    String key = run.concurrencyKey();
    Lane lane = lanes.get(key);
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
      lanes.remove(key);
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
