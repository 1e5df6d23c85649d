package io.flowforge.internal.engine;

import io.flowforge.QueueOptions;
import io.flowforge.execution.ExecutionError;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Concurrency;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds executions of an engine without a store back that are in a queue. */
final class Queues {
  private final Map<String, Lane> lanes = new HashMap<>();

  /** The place of every run that is in a lane. */
  private final IdentityHashMap<Run, Place> where = new IdentityHashMap<>();

  /** Whether a caller has named a queue, so that runs of any flow may be in one. */
  private volatile boolean named;

  /** The runs of one queue: those that run, and those in line. */
  private static final class Lane {
    private final String key;
    private final Set<Run> running = new LinkedHashSet<>();

    /** Those in line, in the order of acceptance for each priority. */
    private final TreeMap<Integer, Set<Run>> line = new TreeMap<>();

    Lane(String key) {
      this.key = key;
    }

    boolean isEmpty() {
      return running.isEmpty() && line.isEmpty();
    }

    int waiting() {
      return line.values().stream().mapToInt(Set::size).sum();
    }

    void add(Run run, int priority) {
      line.computeIfAbsent(priority, any -> new LinkedHashSet<>()).add(run);
    }

    void remove(Run run, int priority) {
      running.remove(run);
      line.computeIfPresent(
          priority,
          (any, runs) -> {
            runs.remove(run);
            return runs.isEmpty() ? null : runs;
          });
    }

    @Nullable Run first() {
      return line.isEmpty() ? null : line.firstEntry().getValue().iterator().next();
    }
  }

  /** Where a run stands, and what it was given. */
  private record Place(Lane lane, Turns turns) {}

  /** Begins a run, now or when its turn comes. */
  void begin(Run run, Plan plan, QueueOptions wanted) {
    if (wanted.key() == null && plan.flow.settings().concurrency() == null) {
      run.begin();
      return;
    }
    Turns turns;
    try {
      turns = Objects.requireNonNull(Turns.of(run, plan, wanted));
    } catch (RuntimeException broken) {
      run.endUnstarted(ExecutionStatus.FAILED, run.errorOf(broken));
      return;
    }
    named |= wanted.key() != null;
    begin(run, turns);
  }

  private void begin(Run run, Turns turns) {
    List<Run> before = new ArrayList<>();
    List<Run> admitted = new ArrayList<>();
    boolean refused = false;
    synchronized (this) {
      Lane lane = lanes.computeIfAbsent(turns.queue(), Lane::new);
      before.addAll(lane.running);
      lane.line.values().forEach(before::addAll);
      lane.add(run, turns.priority());
      where.put(run, new Place(lane, turns));
      admit(lane, admitted);
      if (!admitted.contains(run) && refuses(turns.overlap(), lane)) {
        refused = true;
        where.remove(run);
        lane.remove(run, turns.priority());
      }
    }
    if (refused) {
      run.endUnstarted(ExecutionStatus.CANCELLED, full());
    } else if (admitted.remove(run)) {
      run.begin();
    } else {
      run.awaitTurn();
      if (turns.overlap() == Concurrency.Overlap.CANCEL_PREVIOUS) {
        cancelOne(before);
      }
    }
    admitted.forEach(Run::takeItsTurn);
  }

  private static boolean refuses(Concurrency.Overlap overlap, Lane lane) {
    return overlap == Concurrency.Overlap.SKIP
        || overlap == Concurrency.Overlap.QUEUE_ONE && lane.waiting() > 1;
  }

  static ExecutionError full() {
    return ExecutionError.of(
        "FF-OVERLAP", "as many executions as its queue allows are under way or in line", null);
  }

  /** The oldest that is not ending already makes room. */
  private static void cancelOne(List<Run> oldestFirst) {
    for (Run run : oldestFirst) {
      if (run.cancel("a newer execution takes its place")) {
        return;
      }
    }
  }

  /** Takes those out of the line whose turn has come; under the lock. */
  private void admit(Lane lane, List<Run> admitted) {
    Run next = lane.first();
    while (next != null) {
      Turns turns = Objects.requireNonNull(where.get(next)).turns;
      if (lane.running.size() >= turns.limit()) {
        return;
      }
      lane.remove(next, turns.priority());
      lane.running.add(next);
      admitted.add(next);
      next = lane.first();
    }
  }

  /** A run has ended: the next in line begins. */
  void ended(Run run) {
    if (named || run.flow().settings().concurrency() != null) {
      next(run).forEach(Run::takeItsTurn);
    }
  }

  private synchronized List<Run> next(Run run) {
    Place place = where.remove(run);
    List<Run> admitted = new ArrayList<>();
    if (place != null) {
      place.lane.remove(run, place.turns.priority());
      admit(place.lane, admitted);
      if (place.lane.isEmpty()) {
        lanes.remove(place.lane.key);
      }
    }
    return admitted;
  }

  synchronized int waiting() {
    return lanes.values().stream().mapToInt(Lane::waiting).sum();
  }
}
