package io.flowforge.jdbc.internal;

import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.StoreTraits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MariaDB from version 10.6 on. */
final class MariaDbDialect implements Dialect {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");
  private static final int SCHEMA_WAIT = 60;

  private final Pages pages = new PagesById();
  private final String scope;

  /**
   * A database.
   *
   * @param scope what tells this store's tables from those of another on the same server
   */
  MariaDbDialect(String scope) {
    this.scope = scope;
  }

  @Override
  public String scripts() {
    return "mariadb";
  }

  @Override
  public String now() {
    // In UTC, because local time runs twice through an hour in autumn.
    return "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))";
  }

  @Override
  public String in(int count) {
    return "IN (" + "?, ".repeat(width(count) - 1) + "?)";
  }

  @Override
  public int width(int count) {
    // Few widths make few different statements.
    return Math.max(1, Integer.highestOneBit(Math.max(1, count) * 2 - 1));
  }

  @Override
  public int bind(PreparedStatement statement, int at, List<String> values) throws SQLException {
    int width = width(values.size());
    for (int number = 0; number < width; number++) {
      String value = values.isEmpty() ? null : values.get(Math.min(number, values.size() - 1));
      statement.setString(at + number, value == null ? null : toColumn(value));
    }
    return at + width;
  }

  @Override
  public String shareLock() {
    return "LOCK IN SHARE MODE";
  }

  @Override
  public String rowLock() {
    return "FOR UPDATE";
  }

  @Override
  public StoreTraits check(Connection connection) throws SQLException {
    Map<String, String> settings = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SHOW GLOBAL VARIABLES WHERE variable_name IN ('version', 'read_only', 'log_bin',"
                    + " 'sync_binlog', 'innodb_flush_log_at_trx_commit', 'innodb_doublewrite',"
                    + " 'binlog_format')")) {
      while (result.next()) {
        settings.put(result.getString(1), result.getString(2));
      }
    }
    return traits(settings);
  }

  /** What a server with such settings promises; throws when that is too little. */
  static StoreTraits traits(Map<String, String> settings) {
    String version = settings.getOrDefault("version", "");
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()
        || Integer.parseInt(matcher.group(1)) * 1000 + Integer.parseInt(matcher.group(2))
            < 10_006) {
      throw Refusals.version("MariaDB", version, "10.6");
    }
    Refusals.require(settings, "innodb_flush_log_at_trx_commit", "1");
    if ("OFF".equalsIgnoreCase(settings.get("innodb_doublewrite"))) {
      throw Refusals.durability("innodb_doublewrite", "OFF", "ON");
    }
    if ("ON".equalsIgnoreCase(settings.get("log_bin"))) {
      // After a crash InnoDB rolls back what is missing in the binary log.
      Refusals.require(settings, "sync_binlog", "1");
      if ("STATEMENT".equalsIgnoreCase(settings.get("binlog_format"))) {
        throw Refusals.setting("binlog_format", "STATEMENT", "MIXED or ROW");
      }
    }
    if (!"OFF".equalsIgnoreCase(settings.getOrDefault("read_only", "OFF"))) {
      throw Refusals.readOnly();
    }
    return new StoreTraits("MariaDB " + version.split("-", 2)[0], Durability.OS_CRASH, true);
  }

  @Override
  public Undo adjust(Connection connection) throws SQLException {
    int isolation = connection.getTransactionIsolation();
    if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
    String mode;
    long wait;
    long idle;
    try (Statement statement = connection.createStatement()) {
      try (ResultSet result =
          statement.executeQuery(
              "SELECT @@sql_mode, @@innodb_lock_wait_timeout, @@idle_transaction_timeout")) {
        result.next();
        mode = result.getString(1);
        wait = result.getLong(2);
        idle = result.getLong(3);
      }
      // Strict, because otherwise a text that is too long is cut without a word.
      statement.execute(
          "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'),"
              + " innodb_lock_wait_timeout = 5, idle_transaction_timeout = 30");
    }
    return () -> {
      if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
        connection.setTransactionIsolation(isolation);
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SET SESSION sql_mode = ?, innodb_lock_wait_timeout = ?,"
                  + " idle_transaction_timeout = ?")) {
        statement.setString(1, mode);
        statement.setLong(2, wait);
        statement.setLong(3, idle);
        statement.execute();
      }
    };
  }

  @Override
  public Undo lockSchema(Connection connection, String name) throws SQLException {
    String lock = NamedLocks.shorten("schema", scope);
    if (!NamedLocks.call(connection, "SELECT GET_LOCK(?, " + SCHEMA_WAIT + ")", lock)) {
      throw new SQLException("another process is making the tables", "HYT00");
    }
    return () -> NamedLocks.call(connection, "SELECT RELEASE_LOCK(?)", lock);
  }

  @Override
  public Pages pages() {
    return pages;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public LifeSign lifeSign() {
    return new NamedLocks(scope);
  }

  /** Locks of a session, by name; names are the server's. */
  private record NamedLocks(String scope) implements LifeSign {
    static String shorten(String... parts) {
      return "flowforge_" + Digest.of(parts).substring(0, 40);
    }

    @Override
    public String name(String worker) {
      return shorten(scope, worker);
    }

    @Override
    public boolean take(Connection connection, String name) throws SQLException {
      return call(connection, "SELECT GET_LOCK(?, 0)", name);
    }

    @Override
    public void release(Connection connection, String name) throws SQLException {
      call(connection, "SELECT RELEASE_LOCK(?)", name);
    }

    static boolean call(Connection connection, String text, String name) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(text)) {
        statement.setString(1, name);
        try (ResultSet result = statement.executeQuery()) {
          return result.next() && result.getInt(1) == 1;
        }
      }
    }

    @Override
    public List<String> free(Session session, List<String> names) throws SQLException {
      return names.isEmpty() ? List.of() : freeOf(session, names);
    }

    private static List<String> freeOf(Session session, List<String> names) throws SQLException {
      return session.query(
          "SELECT w.hint FROM {worker} w WHERE w.hint {in} AND IS_FREE_LOCK(w.hint) = 1",
          row -> row.text(1),
          new Ids(names));
    }
  }
}
