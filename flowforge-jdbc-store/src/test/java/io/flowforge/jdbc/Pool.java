package io.flowforge.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * A pool as a host has it: so many connections and no more, autocommit on or off, the caller waits
 * when all are taken. It remembers when a connection comes back otherwise than it went.
 */
public final class Pool implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Spare spare;
  private final boolean autoCommit;
  private final Semaphore permits;
  private final AtomicReference<String> complaint = new AtomicReference<>();
  private final AtomicInteger out = new AtomicInteger();

  /** Opens a connection. */
  public interface ConnectionSource {
    /** Opens one. */
    Connection open() throws SQLException;
  }

  /** Connections that pools after each other take, which saves making them. */
  public static final class Spare implements AutoCloseable {
    private final ConnectionSource source;
    private final Deque<Connection> idle = new ArrayDeque<>();

    /** Makes connections when there are none. */
    public Spare(ConnectionSource source) {
      this.source = source;
    }

    private Connection take() throws SQLException {
      synchronized (idle) {
        Connection connection = idle.poll();
        if (connection != null) {
          return connection;
        }
      }
      return source.open();
    }

    private void put(Connection connection) {
      synchronized (idle) {
        idle.push(connection);
      }
    }

    @Override
    public void close() throws SQLException {
      synchronized (idle) {
        for (Connection connection : idle) {
          connection.close();
        }
        idle.clear();
      }
    }
  }

  /** A pool of so many. */
  public Pool(Spare spare, int size, boolean autoCommit) {
    this.spare = spare;
    this.autoCommit = autoCommit;
    this.permits = new Semaphore(size, true);
  }

  /** A pool that makes its connections. */
  public Pool(ConnectionSource source, int size, boolean autoCommit) {
    this(new Spare(source), size, autoCommit);
  }

  /** The pool as a store sees it. */
  public DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            Pool.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection")) {
                return take();
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  /** How a connection came back otherwise than it went; null when none did. */
  public String complaint() {
    return complaint.get();
  }

  /** How many connections are taken. */
  public int taken() {
    return out.get();
  }

  private Connection take() throws SQLException {
    try {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new SQLException("no connection is free", "08001");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", "08001");
    }
    try {
      Connection connection = spare.take();
      connection.setAutoCommit(autoCommit);
      out.incrementAndGet();
      return wrap(connection);
    } catch (SQLException e) {
      permits.release();
      throw e;
    }
  }

  private Connection wrap(Connection connection) throws SQLException {
    int isolation = connection.getTransactionIsolation();
    if (!autoCommit) {
      connection.rollback();
    }
    boolean[] closed = {false};
    return (Connection)
        Proxy.newProxyInstance(
            Pool.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                if (!closed[0]) {
                  closed[0] = true;
                  giveBack(connection, isolation);
                }
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void giveBack(Connection connection, int isolation) {
    out.decrementAndGet();
    try {
      if (!connection.isClosed()) {
        if (connection.getAutoCommit() != autoCommit) {
          complaint.compareAndSet(null, "autocommit is " + connection.getAutoCommit());
        }
        if (connection.getTransactionIsolation() != isolation) {
          complaint.compareAndSet(null, "isolation is " + connection.getTransactionIsolation());
        }
        if (!autoCommit) {
          connection.rollback();
        }
        spare.put(connection);
      }
    } catch (SQLException e) {
      complaint.compareAndSet(null, e.toString());
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() throws SQLException {
    spare.close();
  }
}
