package io.flowforge.jdbc.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is held all the time: it keeps the signs of life of this store's workers, and
 * hears what other processes tell. On H2 it keeps the file open, and nobody else can have it. When
 * the connection is cut, another takes its place.
 */
final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final int POLL_MILLIS = 500;
  private static final int VALID_SECONDS = 5;
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CLOSE_MILLIS = 5000;
  private static final Duration LONGEST = Duration.ofSeconds(VALID_SECONDS);

  private final DataSource source;
  private final Sql sql;
  private final @Nullable LifeSign sign;
  private final Runnable wake;
  private final Thread thread;
  private final Semaphore news = new Semaphore(0);

  /** Workers that shall give a sign of life. */
  private final Set<String> workers = ConcurrentHashMap.newKeySet();

  /** Those of them whose lock the connection has. */
  private final Set<String> held = new HashSet<>();

  private @Nullable Connection connection;
  private @Nullable Hearing hearing;
  private Patience patience = Patience.OF_THE_CALLER;
  private boolean autoCommit;
  private long checkedAt;
  private volatile long wakeAt;
  private volatile boolean closed;

  /** Starts the thread. */
  Watch(DataSource source, Sql sql, Runnable wake) {
    this.source = source;
    this.sql = sql;
    this.sign = sql.dialect().lifeSign();
    this.wake = wake;
    this.thread = new Thread(this::run, "flowforge-jdbc-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets a worker give signs of life from soon on. */
  void hold(String worker) {
    workers.add(worker);
    news.release();
  }

  /** A worker gives no more signs of life. */
  void drop(String worker) {
    workers.remove(worker);
    news.release();
  }

  /** Wakes the engine in a while, unless it is to be woken before that. */
  void wakeIn(long nanos) {
    long at = System.nanoTime() + nanos;
    if (wakeAt == 0 || at - wakeAt < 0) {
      wakeAt = at == 0 ? 1 : at;
    }
  }

  private void run() {
    while (!closed) {
      try {
        listen(connection == null ? connect() : connection);
      } catch (SQLException e) {
        lose(e);
      } catch (InterruptedException ignored) {
        // Only close() interrupts, and the loop looks for that.
      }
    }
    giveBack();
  }

  private Connection connect() throws SQLException {
    Connection fresh = source.getConnection();
    connection = fresh;
    patience = Patience.limit(fresh, LONGEST);
    autoCommit = fresh.getAutoCommit();
    fresh.setAutoCommit(true);
    checkedAt = System.nanoTime();
    if (sql.dialect() instanceof PostgresDialect postgres) {
      hearing = Hearing.on(fresh, postgres.channel());
      // Whatever was told before is not heard any more.
      wake.run();
    }
    return fresh;
  }

  private void listen(Connection current) throws SQLException, InterruptedException {
    signs(current);
    Hearing ear = hearing;
    if (ear == null) {
      news.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } else if (ear.hears(POLL_MILLIS)) {
      wake.run();
    }
    news.drainPermits();
    long due = wakeAt;
    if (due != 0 && System.nanoTime() - due >= 0) {
      wakeAt = 0;
      wake.run();
    }
    if (System.nanoTime() - checkedAt >= CHECK_NANOS) {
      checkedAt = System.nanoTime();
      if (!current.isValid(VALID_SECONDS)) {
        throw new SQLException("the connection does not answer", "08006");
      }
    }
  }

  private void signs(Connection current) throws SQLException {
    if (sign == null) {
      return;
    }
    for (String worker : workers) {
      String name = sign.name(worker);
      if (!held.contains(worker) && sign.take(current, name)) {
        held.add(worker);
        // From now on the others may go by it.
        try (PreparedStatement statement =
            current.prepareStatement(
                sql.of("UPDATE {worker} SET hint = ? WHERE id = ? AND alive = 1"))) {
          statement.setString(1, name);
          statement.setString(2, sql.dialect().toColumn(worker));
          statement.executeUpdate();
        }
      }
    }
    for (String worker : Set.copyOf(held)) {
      if (!workers.contains(worker)) {
        held.remove(worker);
        sign.release(current, sign.name(worker));
      }
    }
  }

  private void lose(SQLException cause) {
    if (!closed && LOG.isDebugEnabled()) {
      LOG.debug("The watching connection is lost (SQLSTATE {})", cause.getSQLState());
    }
    Connection lost = connection;
    connection = null;
    hearing = null;
    held.clear();
    if (lost != null) {
      Session.abort(lost);
    }
    try {
      // At once after the first loss, which may be a passing one.
      news.tryAcquire(lost == null ? POLL_MILLIS : 10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException ignored) {
      // Only close() interrupts, and the loop looks for that.
    }
  }

  private void giveBack() {
    Connection last = connection;
    if (last == null) {
      return;
    }
    try {
      workers.clear();
      signs(last);
      if (hearing != null) {
        hearing.end();
      }
      last.setAutoCommit(autoCommit);
      patience.end();
    } catch (SQLException e) {
      Session.abort(last);
    } finally {
      Session.closeQuietly(last);
    }
  }

  /** Lets the thread end as soon as it stops waiting. */
  void end() {
    closed = true;
    news.release();
  }

  /** Ends the thread and gives the connection back. */
  @Override
  public void close() {
    end();
    thread.interrupt();
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
