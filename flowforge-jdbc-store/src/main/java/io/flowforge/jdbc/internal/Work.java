package io.flowforge.jdbc.internal;

import java.sql.SQLException;

/**
 * What is done within one transaction; run again when the database asks for it.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
interface Work<T> {
  /** Does it; the caller commits. */
  T run(Session session) throws SQLException;

  /** Whether running it again after an unknown outcome does no harm and tells the outcome. */
  default boolean replayable() {
    return false;
  }

  /** Whether a key that exists already is a race, which another run resolves. */
  default boolean racesForKeys() {
    return false;
  }

  /** Where tests may let it fail. */
  default Points points() {
    return Points.NONE;
  }

  /** Told when the outcome of a run is not known. */
  default void leftInDoubt() {}
}
