package io.flowforge.internal.journal;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.NewExecution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the executions stand that a store has written last, so that the next page of each needs no
 * look at the page before it and at its owner.
 *
 * <p>What is remembered is true as long as the worker lives, which every step makes sure of in the
 * same transaction: an owner gives an execution up only by a page, or by its end. A page of another
 * hand at the same position must be met by the store. Bounded; what is forgotten is looked up.
 * Thread-safe.
 */
public final class Standings {
  private static final int MOST = 20_000;

  private record Standing(String worker, long epoch, long position) {}

  private final Map<String, Standing> standings =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Standing> eldest) {
          return size() > MOST;
        }
      };

  /** Whether a step is the one behind the last that its worker has written in this epoch. */
  public synchronized boolean isNext(Commit commit) {
    Standing standing = standings.get(commit.executionId());
    return standing != null
        && standing.position() == commit.position() - 1
        && standing.epoch() == commit.epoch()
        && standing.worker().equals(commit.worker());
  }

  /** Told once steps are committed. */
  public synchronized void committed(List<Commit> commits, List<Commit.Result> results) {
    for (int number = 0; number < commits.size(); number++) {
      Commit commit = commits.get(number);
      if (results.get(number) == Commit.Result.APPLIED && !leaves(commit)) {
        standings.put(
            commit.executionId(), new Standing(commit.worker(), commit.epoch(), commit.position()));
      } else {
        standings.remove(commit.executionId());
      }
    }
  }

  private static boolean leaves(Commit commit) {
    HeadChange change = commit.change();
    NewExecution created = commit.create();
    // What waits in a queue has no owner, although its first step names one.
    return (change != null && (change.release() || change.status().isFinal()))
        || (created != null && created.place() != null);
  }

  /** Told when it is not known what became of steps. */
  public synchronized void forget(List<Commit> commits) {
    commits.forEach(commit -> standings.remove(commit.executionId()));
  }

  /** Told when the store may have gone back to an earlier state. */
  public synchronized void clear() {
    standings.clear();
  }
}
