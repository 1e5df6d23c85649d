package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.FencedException;
import io.flowforge.spi.store.Lease;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers calls whose outcome is not known, so that the same call again tells it. */
final class Doubts {
  private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

  /** Enlists a worker. */
  Work<Lease> enlist(String worker, long leaseMicros, String process) {
    return new Doubtful<>(Digest.of("enlist", worker)) {
      @Override
      public Lease run(Session session) throws SQLException {
        if (isDoubtful()) {
          settled();
          try {
            return Workers.renew(session, worker, leaseMicros);
          } catch (FencedException ignored) {
            // It was not enlisted, and is so now.
          }
        }
        try {
          return Workers.enlist(session, worker, leaseMicros, process);
        } catch (SQLException e) {
          if (Failure.of(e) == Failure.DUPLICATE) {
            throw new FencedException(worker);
          }
          throw e;
        }
      }
    };
  }

  /** Writes a record. */
  Work<Boolean> write(String kind, String key, long revision, byte @Nullable [] value) {
    String content = value == null ? "" : "=" + HexFormat.of().formatHex(value);
    return new Doubtful<>(Digest.of("write", kind, key, Long.toString(revision), content)) {
      @Override
      public Boolean run(Session session) throws SQLException {
        boolean doubtful = isDoubtful();
        settled();
        return Records.write(session, kind, key, revision, value)
            || (doubtful && Records.isWritten(session, kind, key, revision, value));
      }
    };
  }

  /** A call that is known by a key. */
  private abstract class Doubtful<T> implements Work<T> {
    private final String key;
    private final boolean before;
    private boolean now;

    Doubtful(String key) {
      this.key = key;
      this.before = doubtful.remove(key);
    }

    final boolean isDoubtful() {
      return before || now;
    }

    /** This run tells the outcome, unless its own stays unknown. */
    final void settled() {
      doubtful.remove(key);
    }

    @Override
    public boolean replayable() {
      return true;
    }

    @Override
    public boolean racesForKeys() {
      return true;
    }

    @Override
    public void leftInDoubt() {
      now = true;
      doubtful.add(key);
    }
  }
}
