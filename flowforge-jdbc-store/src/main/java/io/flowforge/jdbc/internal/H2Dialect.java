package io.flowforge.jdbc.internal;

import io.flowforge.internal.fault.Mutants;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreTraits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** H2 within this process, on a file or in memory. */
final class H2Dialect implements Dialect {
  private static final ReentrantLock SCHEMA = new ReentrantLock();
  private static final int LOCK_TIMEOUT = 5000;

  private final Numbers numbers = new Numbers();
  private final PagesByNumber pages = new PagesByNumber(numbers);
  private final ShortWay shortWay = new NumberedShortWay(numbers, pages);

  @Override
  public String scripts() {
    return "h2";
  }

  @Override
  public String now() {
    // EXTRACT(EPOCH ...) calculates with decimals. Zones are not made equal by DATEDIFF.
    return "DATEDIFF(MICROSECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00',"
        + " CURRENT_TIMESTAMP(6) AT TIME ZONE INTERVAL '0' HOUR)";
  }

  @Override
  public int widest() {
    // Each row that is found is compared with the whole list again.
    return 64;
  }

  @Override
  public String shareLock() {
    return "FOR UPDATE";
  }

  @Override
  public String rowLock() {
    return "FOR UPDATE";
  }

  @Override
  public StoreTraits check(Connection connection) throws SQLException {
    String url = connection.getMetaData().getURL().toLowerCase(Locale.ROOT);
    boolean memory = isInMemory(connection);
    if (url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")) {
      throw Refusals.setting("the H2 database's URL", "one of a server", "one of a file");
    }
    if (!memory && isServer(connection)) {
      throw Refusals.setting("AUTO_SERVER", "TRUE", "FALSE");
    }
    String version = connection.getMetaData().getDatabaseProductVersion();
    String name = "H2 " + version.split(" ", 2)[0];
    if (memory) {
      return new StoreTraits(name + " in memory", Durability.NONE, false);
    }
    try (Statement statement = connection.createStatement()) {
      // Small texts stand in their row, where they are read and written in one go.
      statement.execute("SET MAX_LENGTH_INPLACE_LOB 65536");
      noDelay(statement);
    }
    if (!Mutants.WRITE_DELAY) {
      Refusals.require(settings(connection), "WRITE_DELAY", "0");
    }
    return new StoreTraits(name, Durability.PROCESS_CRASH, false);
  }

  /** Whether other processes may come in: only then there is a file that tells them how. */
  private static boolean isServer(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("CALL DATABASE_PATH()")) {
      return result.next()
          && result.getString(1) != null
          && Files.exists(Path.of(result.getString(1) + ".lock.db"));
    }
  }

  private static boolean isInMemory(Connection connection) throws SQLException {
    return connection.getMetaData().getURL().toLowerCase(Locale.ROOT).startsWith("jdbc:h2:mem:");
  }

  @Override
  public void checkAnother(Connection connection) throws SQLException {
    String delay = settings(connection).get("WRITE_DELAY");
    if (!Mutants.WRITE_DELAY && delay != null && !delay.equals("0") && !isInMemory(connection)) {
      // The settings of a URL are applied anew with each connection, to the whole database.
      throw Refusals.durability("WRITE_DELAY of the URL", delay, "0 or left out");
    }
  }

  private static void noDelay(Statement statement) throws SQLException {
    if (!Mutants.WRITE_DELAY) {
      statement.execute("SET WRITE_DELAY 0");
    }
  }

  private static Map<String, String> settings(Connection connection) throws SQLException {
    Map<String, String> settings = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT SETTING_NAME, SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                    + " WHERE SETTING_NAME = 'WRITE_DELAY'")) {
      while (result.next()) {
        settings.put(result.getString(1), result.getString(2));
      }
    }
    return settings;
  }

  @Override
  public Undo adjust(Connection connection) throws SQLException {
    int isolation = connection.getTransactionIsolation();
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    int timeout;
    try (Statement statement = connection.createStatement()) {
      // A database that was closed meanwhile has forgotten it.
      if (!"0".equals(settings(connection).get("WRITE_DELAY"))) {
        noDelay(statement);
      }
      try (ResultSet result = statement.executeQuery("CALL LOCK_TIMEOUT()")) {
        timeout = result.next() ? result.getInt(1) : LOCK_TIMEOUT;
      }
      statement.execute("SET LOCK_TIMEOUT " + LOCK_TIMEOUT);
    }
    return () -> {
      connection.setTransactionIsolation(isolation);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCK_TIMEOUT " + timeout);
      }
    };
  }

  @Override
  public Undo lockSchema(Connection connection, String name) {
    // No other process can have the database open.
    SCHEMA.lock();
    return SCHEMA::unlock;
  }

  @Override
  public List<String> due(Session session, int limit, Set<String> queued) throws SQLException {
    // With FOR UPDATE this would lock all that is due and only then cut the list.
    Slots.lockClaims(session);
    return session.query(
        "SELECT id, queue FROM {execution} WHERE claim_at <= {now} ORDER BY claim_at LIMIT ?",
        row -> Dialect.dueId(row, queued),
        limit);
  }

  @Override
  public Pages pages() {
    return pages;
  }

  @Override
  public ShortWay shortWay() {
    return shortWay;
  }

  @Override
  public String oldestFirst() {
    // An index for the end would be one place more to write with each end.
    return "e.started";
  }

  @Override
  public Set<String> create(Session session, List<NewRow> rows) throws SQLException {
    return Executions.create(session, rows, numbers);
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public @Nullable LifeSign lifeSign() {
    return null;
  }
}
