package io.flowforge.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds out how many connections a data source gives at once. */
final class Probe {
  private static final int MOST = 4;
  private static final long WAIT_MILLIS = 500;

  private Probe() {}

  /** How many connections the store may use: one is left for the host, and four are enough. */
  static int connections(DataSource source) {
    List<Connection> taken = new ArrayList<>();
    try {
      while (taken.size() <= MOST) {
        Connection next = take(source);
        if (next == null) {
          break;
        }
        taken.add(next);
      }
    } finally {
      taken.forEach(Session::closeQuietly);
    }
    return Math.max(1, Math.min(MOST, taken.size() - 1));
  }

  /** A connection, unless that takes too long. */
  static @Nullable Connection take(DataSource source) {
    CompletableFuture<Connection> taken = new CompletableFuture<>();
    // A pool that is used up makes the caller wait for as long as it likes.
    Thread thread =
        new Thread(
            () -> {
              try {
                Connection connection = source.getConnection();
                if (!taken.complete(connection)) {
                  Session.closeQuietly(connection);
                }
              } catch (SQLException | RuntimeException e) {
                taken.completeExceptionally(e);
              }
            },
            "flowforge-jdbc-probe");
    thread.setDaemon(true);
    thread.start();
    try {
      return taken.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      taken.cancel(false);
      return null;
    } catch (ExecutionException | TimeoutException e) {
      taken.cancel(false);
      return null;
    }
  }
}
