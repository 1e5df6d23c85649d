package io.flowforge.jdbc.internal;

import java.sql.SQLException;
import java.util.Collection;

/**
 * Locks on the subjects of events: one who begins to wait and one who publishes come one after the
 * other. A fixed number of rows stands for all subjects.
 */
final class Slots {
  private static final int SLOTS = 64;

  private Slots() {}

  static void lock(Session session, Collection<String> topics) throws SQLException {
    for (int slot : topics.stream().mapToInt(Slots::slot).sorted().distinct().toArray()) {
      lock(session, slot);
    }
  }

  /** Lets one claim at a time go on, where rows cannot be skipped. */
  static void lockClaims(Session session) throws SQLException {
    lock(session, SLOTS);
  }

  private static void lock(Session session, int slot) throws SQLException {
    session.query("SELECT number FROM {slot} WHERE number = ? {lock}", row -> row.number(1), slot);
  }

  private static int slot(String topic) {
    return Math.floorMod(topic.hashCode(), SLOTS);
  }
}
