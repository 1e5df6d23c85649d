package io.flowforge.benchmarks;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionContext;
import io.flowforge.spi.ActionDescriptor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A chain of ten effects, each result durable before the next begins, beside loops written by hand
 * over the same database: one insert and one commit for each step, and ten steps for each commit. A
 * program, because JMH does not measure servers.
 */
final class Durable {
  private static final int STEPS = 10;
  private static final int ROUNDS = 5;

  private Durable() {}

  /** An effect outside that costs nothing. */
  private static final class Touch implements Action<NoOp.Config> {
    @Override
    public ActionDescriptor<NoOp.Config> descriptor() {
      return ActionDescriptor.<NoOp.Config>of("touch", NoOp.Config.class).nonBlocking();
    }

    @Override
    public Object run(NoOp.Config config, ActionContext context) {
      return NoOp.body();
    }
  }

  /** Measures {@code h2} or {@code postgresql}, or both. */
  public static void main(String[] args) throws Exception {
    List<String> wanted = args.length == 0 ? List.of("h2", "postgresql") : Arrays.asList(args);
    for (String name : wanted) {
      if (name.equals("h2")) {
        Path folder = Files.createTempDirectory("flowforge-durable");
        measure(name, "jdbc:h2:file:" + folder.resolve("db") + ";WRITE_DELAY=0");
      } else {
        try (EmbeddedPostgres server = durable(EmbeddedPostgres.builder()).start()) {
          measure(name, server.getJdbcUrl("postgres", "postgres"));
        }
      }
    }
  }

  /** The embedded server is set to be quick and to forget; this undoes it. */
  private static EmbeddedPostgres.Builder durable(EmbeddedPostgres.Builder server) {
    return server
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100");
  }

  private static void measure(String name, String url) throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(url);
        java.sql.Statement statement = connection.createStatement()) {
      statement.execute(
          "create table hand (run bigint, step int, data varchar(200), primary key (run, step))");
    }
    try (FlowForge forge =
        FlowForge.builder()
            .discoverPlugins(false)
            .action(new Touch())
            .store(JdbcStore.at(url))
            .build()) {
      Flow flow = flow();
      Loops loops = new Loops(url);
      one(name, forge, flow, loops);
      many(name, forge, flow, loops, 64, 1, 3_000);
      many(name, forge, flow, loops, 1_000, STEPS, 6_000);
      System.out.println(name + ": " + forge.health().facts());
    }
  }

  private static Flow flow() {
    Flow.Builder flow = Flow.builder("chain");
    for (int i = 0; i < STEPS; i++) {
      flow.node("n" + i, "touch", node -> node.config("name", "x"));
      if (i > 0) {
        flow.edge("n" + (i - 1), "n" + i);
      }
    }
    return flow.build();
  }

  private static void one(String name, FlowForge forge, Flow flow, Loops loops)
      throws SQLException {
    int count = 300;
    double hand = 0;
    double engine = 0;
    for (int round = 0; round < ROUNDS; round++) {
      hand = loops.median(count);
      long[] took = new long[count];
      for (int i = 0; i < count; i++) {
        long begin = System.nanoTime();
        forge.start(flow, Map.of()).await(Duration.ofMinutes(1));
        took[i] = System.nanoTime() - begin;
      }
      Arrays.sort(took);
      engine = took[count / 2] / 1e6;
    }
    System.out.printf(
        "%s, one at a time: engine %.2f ms, hand-written %.2f ms, ratio %.2f (bar 1.5)%n",
        name, engine, hand, engine / hand);
  }

  private static void many(
      String name, FlowForge forge, Flow flow, Loops loops, int atOnce, int batch, int count)
      throws InterruptedException {
    double hand = 0;
    double engine = 0;
    for (int round = 0; round < ROUNDS; round++) {
      hand = loops.rate(Math.min(atOnce, 64), count, batch);
      long begin = System.nanoTime();
      forge
          .startAll(flow, Collections.nCopies(count, Map.of()), atOnce)
          .toCompletableFuture()
          .join();
      engine = count / ((System.nanoTime() - begin) / 1e9);
    }
    System.out.printf(
        "%s, %d at once: engine %.0f/s, hand-written with %d steps per commit %.0f/s, ratio %.2f (bar"
            + " %s)%n",
        name, atOnce, engine, batch, hand, engine / hand, batch == 1 ? "1.5" : "0.5");
  }

  /** The limit: nothing but inserts and commits. */
  private static final class Loops {
    private static final String INSERT = "insert into hand (run, step, data) values (?, ?, ?)";
    private final String url;
    private long next;

    Loops(String url) {
      this.url = url;
    }

    double median(int count) throws SQLException {
      long[] took = new long[count];
      try (Connection connection = DriverManager.getConnection(url)) {
        connection.setAutoCommit(false);
        for (int i = 0; i < count; i++) {
          long begin = System.nanoTime();
          run(connection, next++, 1);
          took[i] = System.nanoTime() - begin;
        }
      }
      Arrays.sort(took);
      return took[count / 2] / 1e6;
    }

    double rate(int threads, int count, int batch) throws InterruptedException {
      Thread[] all = new Thread[threads];
      long first = next;
      next += count;
      long begin = System.nanoTime();
      for (int t = 0; t < threads; t++) {
        int own = t;
        all[t] = new Thread(() -> share(first + own, first + count, threads, batch));
        all[t].start();
      }
      for (Thread one : all) {
        one.join();
      }
      return count / (TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin) / 1e6);
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
      try (java.sql.PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (int step = 0; step < STEPS; step++) {
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
}
