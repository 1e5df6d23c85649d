package io.flowforge.internal.engine;

import io.flowforge.internal.run.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The runs an engine knows: all that are under way, and the last that ended. */
final class Registry {
  private final ConcurrentHashMap<String, Run> runs = new ConcurrentHashMap<>();
  private final Ring ended;

  Registry(int keepEnded) {
    ended = new Ring(keepEnded);
  }

  /** Adds a run unless its id is taken; gives the one that has it. */
  @Nullable Run add(Run run) {
    return runs.putIfAbsent(run.id(), run);
  }

  @Nullable Run find(String id) {
    return runs.get(id);
  }

  boolean remove(Run run) {
    return runs.remove(run.id(), run);
  }

  List<Run> all() {
    return new ArrayList<>(runs.values());
  }

  void ended(Run run) {
    Run oldest = ended.push(run);
    if (oldest != null) {
      runs.remove(oldest.id(), oldest);
    }
  }

  /** A bounded line of ended runs. */
  private static final class Ring {
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private final int most;

    Ring(int most) {
      this.most = most;
    }

    synchronized @Nullable Run push(Run run) {
      if (most == 0) {
        return run;
      }
      runs.add(run);
      return runs.size() > most ? runs.poll() : null;
    }
  }
}
