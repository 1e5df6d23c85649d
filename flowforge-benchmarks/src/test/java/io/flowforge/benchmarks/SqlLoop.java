package io.flowforge.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Inserts and commits. */
final class SqlLoop implements Loop {
  private static final String INSERT = "insert into hand (run, step, data) values (?, ?, ?)";
  private static final int MOST_THREADS = 64;

  private final String url;
  private long next;

  SqlLoop(String url) throws SQLException {
    this.url = url;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table hand (run bigint, step int, data varchar(200), primary key (run, step))");
    }
  }

  @Override
  public long[] times(int count) throws SQLException {
    long[] took = new long[count];
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < count; i++) {
        long begin = System.nanoTime();
        run(connection, next++, 1);
        took[i] = System.nanoTime() - begin;
      }
    }
    return took;
  }

  @Override
  public void run(int atOnce, int count, int batch) throws InterruptedException {
    int threads = Math.min(atOnce, MOST_THREADS);
    Thread[] all = new Thread[threads];
    long first = next;
    next += count;
    for (int t = 0; t < threads; t++) {
      int own = t;
      all[t] = new Thread(() -> share(first + own, first + count, threads, batch));
      all[t].start();
    }
    for (Thread one : all) {
      one.join();
    }
  }

  private void share(long from, long to, int step, int batch) {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      for (long run = from; run < to; run += step) {
        run(connection, run, batch);
      }
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static void run(Connection connection, long run, int batch) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int step = 0; step < Durable.STEPS; step++) {
        insert.setLong(1, run);
        insert.setInt(2, step);
        insert.setString(3, "{\"end\":\"n" + step + "\",\"out\":{\"v\":1}}");
        if (batch == 1) {
          insert.executeUpdate();
          connection.commit();
        } else {
          insert.addBatch();
        }
      }
      if (batch > 1) {
        insert.executeBatch();
        connection.commit();
      }
    }
  }
}
