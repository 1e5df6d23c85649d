package io.flowforge.benchmarks;

import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.FlowStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Claims of a hundred executions while a million is due. */
final class Claiming {
  private static final int ROWS = 1_000_000;
  private static final int AT_ONCE = 100;
  private static final int ROUNDS = 100;

  private Claiming() {}

  static void measure(Place place) throws SQLException {
    if (place.isRedis()) {
      System.out.println("redis: no rows");
      return;
    }
    try (FlowStore store = place.store()) {
      store.open();
      fill(place);
      store.enlist("claimer", Duration.ofHours(1)).toCompletableFuture().join();
      long[] took = new long[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        List<ExecutionRecord> claimed =
            store.claim("claimer", AT_ONCE).toCompletableFuture().join();
        took[round] = System.nanoTime() - begin;
        if (claimed.size() != AT_ONCE) {
          throw new IllegalStateException("claimed " + claimed.size());
        }
      }
      Arrays.sort(took);
      System.out.printf(
          "%s, claim of %d of %,d: median %.2f ms, best %.2f ms (bar 10 ms)%n",
          place.name(), AT_ONCE, ROWS, took[ROUNDS / 2] / 1e6, took[0] / 1e6);
    }
  }

  private static void fill(Place place) throws SQLException {
    boolean h2 = place.name().equals("h2");
    try (Connection connection = DriverManager.getConnection(place.url());
        Statement statement = connection.createStatement()) {
      String numbers = h2 ? "SYSTEM_RANGE(1, %d) AS s (n)" : "generate_series(1, %d) AS s (n)";
      statement.execute(
          "INSERT INTO flowforge_execution ("
              + (h2 ? "number, " : "")
              + "id, flow_id, flow_hash, tenant, attributes, start_doc,"
              + " status, epoch, inbox, read_to, recoveries, claim_at, started, finished) SELECT "
              + (h2 ? "n, " : "")
              + "'e' || n, 'f', 'h', '', '{}', '{}', 'WAITING', 1, 0, 0, 0, n, n, 0 FROM "
              + numbers.formatted(ROWS));
      if (!h2) {
        statement.execute("ANALYZE");
      }
      explain(statement, h2);
    }
  }

  private static void explain(Statement statement, boolean h2) throws SQLException {
    String due =
        " SELECT id FROM flowforge_execution WHERE claim_at <= "
            + System.currentTimeMillis() * 1000
            + " ORDER BY claim_at LIMIT "
            + AT_ONCE
            + (h2 ? "" : " FOR UPDATE SKIP LOCKED");
    try (ResultSet plan =
        statement.executeQuery((h2 ? "EXPLAIN ANALYZE" : "EXPLAIN (ANALYZE, BUFFERS)") + due)) {
      while (plan.next()) {
        System.out.println("  " + plan.getString(1));
      }
    }
  }
}
