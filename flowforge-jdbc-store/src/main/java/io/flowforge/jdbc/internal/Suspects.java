package io.flowforge.jdbc.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Workers without a sign of life. A cut connection looks like a death, so one is taken for dead
 * only when it was silent twice, some time apart: time to take its lock again.
 */
final class Suspects {
  private final @Nullable LifeSign sign;
  private final long graceNanos;
  private final Runnable lookAgain;
  private final Map<String, Long> silentSince = new HashMap<>();
  private long lookedAt;
  private boolean looked;

  /**
   * Nobody is suspected yet.
   *
   * @param sign how to tell; null never suspects anybody
   * @param grace how long one must be silent
   * @param lookAgain told when someone is newly suspected
   */
  Suspects(@Nullable LifeSign sign, Duration grace, Runnable lookAgain) {
    this.sign = sign;
    this.graceNanos = grace.toNanos();
    this.lookAgain = lookAgain;
  }

  /** Those of the workers, given by the names of their locks, that are dead. */
  synchronized Set<String> confirmed(Session session, Map<String, String> workers)
      throws SQLException {
    long now = System.nanoTime();
    if (sign == null || (looked && now - lookedAt < graceNanos / 4)) {
      return Set.of();
    }
    looked = true;
    lookedAt = now;
    List<String> names = new ArrayList<>(workers.keySet());
    Set<String> free = names.isEmpty() ? Set.of() : new HashSet<>(sign.free(session, names));
    Set<String> dead = new HashSet<>();
    Map<String, Long> silent = new HashMap<>();
    for (String name : free) {
      String worker = workers.get(name);
      if (worker != null) {
        Long since = silentSince.get(worker);
        silent.put(worker, since == null ? now : since);
        if (since == null) {
          lookAgain.run();
        } else if (now - since >= graceNanos) {
          dead.add(worker);
        }
      }
    }
    silentSince.clear();
    silentSince.putAll(silent);
    return dead;
  }
}
