package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.StoreException;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Runs work as a transaction, again where that helps, and says what became of it. */
final class Attempts {
  private static final int MOST_CONFLICTS = 6;
  private static final int MOST_LOSSES = 2;
  private static final long BACKOFF_NANOS = 2_000_000;

  private final Opener opener;
  private final Runnable dropper;
  private int conflicts;
  private int losses;
  private boolean doubt;

  /** Gives a session to run on. */
  interface Opener {
    /** The session that is kept, or a new one. */
    Session open() throws SQLException;
  }

  /**
   * Begins.
   *
   * @param opener gives the session
   * @param dropper throws the session away
   */
  Attempts(Opener opener, Runnable dropper) {
    this.opener = opener;
    this.dropper = dropper;
  }

  <T> T run(Work<T> work) {
    while (true) {
      Session session;
      try {
        session = opener.open();
      } catch (SQLException e) {
        throw end(e);
      }
      try {
        work.points().beforeInsert();
        T result = work.run(session);
        work.points().beforeCommit();
        session.commit();
        work.points().afterCommit();
        return result;
      } catch (SQLException e) {
        Failure failure = Failure.of(e);
        boolean unknown = session.committing() && failure == Failure.LOST;
        if (unknown) {
          doubt = true;
          work.leftInDoubt();
        }
        clean(session, failure);
        if (!again(work, failure, unknown)) {
          throw end(e);
        }
      } catch (RuntimeException | Error e) {
        clean(session, Failure.FATAL);
        throw e;
      }
    }
  }

  private void clean(Session session, Failure failure) {
    if (session.isSpoilt() || failure == Failure.LOST || failure == Failure.READ_ONLY) {
      dropper.run();
      return;
    }
    try {
      session.rollback();
    } catch (SQLException ignored) {
      // Nothing is left of a transaction whose connection is gone.
      dropper.run();
    }
  }

  private boolean again(Work<?> work, Failure failure, boolean unknown) {
    return switch (failure) {
      case LOST -> (!unknown || work.replayable()) && losses++ < MOST_LOSSES;
      case DUPLICATE -> work.racesForKeys() && conflicts++ < MOST_CONFLICTS;
      case CONFLICT -> {
        if (conflicts++ >= MOST_CONFLICTS) {
          yield false;
        }
        // Both sides of a deadlock come back at different times.
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(BACKOFF_NANOS << conflicts));
        yield true;
      }
      default -> false;
    };
  }

  private StoreException end(SQLException cause) {
    if (!doubt) {
      return Failure.of(cause).toException(cause);
    }
    return StoreException.unknown(
        "the connection was lost during a commit (SQLSTATE " + cause.getSQLState() + ")",
        Failure.bare(cause));
  }
}
