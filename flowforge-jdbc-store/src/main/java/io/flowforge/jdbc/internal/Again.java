package io.flowforge.jdbc.internal;

import java.sql.SQLException;

/** Work that may be run again after an unknown outcome, and after a race for a key. */
final class Again<T> implements Work<T> {
  private final Work<T> work;

  private Again(Work<T> work) {
    this.work = work;
  }

  static <T> Work<T> of(Work<T> work) {
    return new Again<>(work);
  }

  @Override
  public T run(Session session) throws SQLException {
    return work.run(session);
  }

  @Override
  public boolean replayable() {
    return true;
  }

  @Override
  public boolean racesForKeys() {
    return true;
  }
}
