package io.flowforge.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * How long a connection waits for an answer. Without a bound a thread that waits for a server which
 * vanished without a word, as behind a firewall that forgot the connection, waits for ever.
 */
final class Patience {
  /** A connection whose time-out is left as it is. */
  static final Patience OF_THE_CALLER = new Patience(() -> {});

  private static final Executor DIRECT = Runnable::run;

  private final Dialect.Undo undo;

  private Patience(Dialect.Undo undo) {
    this.undo = undo;
  }

  /** Bounds it, unless its owner has: then the owner's bound stays. */
  static Patience limit(Connection connection, Duration longest) throws SQLException {
    try {
      if (connection.getNetworkTimeout() > 0) {
        return OF_THE_CALLER;
      }
      connection.setNetworkTimeout(DIRECT, Math.toIntExact(longest.toMillis()));
      return new Patience(() -> connection.setNetworkTimeout(DIRECT, 0));
    } catch (SQLFeatureNotSupportedException | AbstractMethodError ignored) {
      // A driver without it, such as one of a database within this process.
      return OF_THE_CALLER;
    }
  }

  /** Takes the bound back. */
  void end() throws SQLException {
    undo.run();
  }
}
