package io.flowforge.internal.memory;

import io.flowforge.spi.store.FencedException;
import io.flowforge.spi.store.Lease;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The workers and how long they may live. */
final class Leases {
  private static final int LONGEST_ID = 64;

  private final Set<String> used = new HashSet<>();

  /** End of the lease of each worker that is neither buried nor retired. */
  private final Map<String, Long> ends = new HashMap<>();

  Lease enlist(String worker, Duration lease, long now) {
    if (worker.isEmpty() || worker.length() > LONGEST_ID) {
      throw Misuse.of(
          "the id of a worker must have 1 to "
              + LONGEST_ID
              + " characters, had "
              + worker.length());
    }
    if (!used.add(worker)) {
      throw new FencedException(worker);
    }
    return grant(worker, lease, now);
  }

  Lease renew(String worker, Duration lease, long now) {
    mustLive(worker, now);
    return grant(worker, lease, now);
  }

  boolean lives(String worker, long now) {
    return ends.getOrDefault(worker, Long.MIN_VALUE) > now;
  }

  void mustLive(String worker, long now) {
    if (!lives(worker, now)) {
      throw new FencedException(worker);
    }
  }

  /** The workers whose lease has ended since the last look. */
  List<String> takeDead(long now) {
    List<String> dead = ends.keySet().stream().filter(worker -> !lives(worker, now)).toList();
    dead.forEach(ends::remove);
    return dead;
  }

  void end(String worker) {
    ends.remove(worker);
  }

  private Lease grant(String worker, Duration lease, long now) {
    long until = now + lease.toNanos() / 1000;
    ends.put(worker, until);
    return new Lease(now, until);
  }
}
