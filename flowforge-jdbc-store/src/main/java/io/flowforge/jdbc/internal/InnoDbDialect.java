package io.flowforge.jdbc.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What MariaDB and MySQL have in common, which both keep their tables in InnoDB. */
abstract class InnoDbDialect implements Dialect {
  /** Settings on which durability hangs on both. */
  static final String SETTINGS =
      "SHOW GLOBAL VARIABLES WHERE variable_name IN ('version', 'version_comment', 'read_only',"
          + " 'log_bin', 'sync_binlog', 'innodb_flush_log_at_trx_commit', 'innodb_doublewrite',"
          + " 'binlog_format')";

  private static final int SCHEMA_WAIT = 60;

  private final Pages pages = new PagesById();
  private final String scope;

  /**
   * A database.
   *
   * @param scope what tells this store's tables from those of another on the same server
   */
  InnoDbDialect(String scope) {
    this.scope = scope;
  }

  /** Values of settings that a session has while it is used, beside its mode. */
  abstract Map<String, Long> sessionValues();

  @Override
  public final String now() {
    // In UTC, because local time runs twice through an hour in autumn.
    return "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))";
  }

  @Override
  public final String in(int count) {
    return "IN (" + "?, ".repeat(width(count) - 1) + "?)";
  }

  @Override
  public int width(int count) {
    // Few widths make few different statements.
    return Math.max(1, Integer.highestOneBit(Math.max(1, count) * 2 - 1));
  }

  @Override
  public final int bind(PreparedStatement statement, int at, List<String> values)
      throws SQLException {
    int width = width(values.size());
    for (int number = 0; number < width; number++) {
      String value = values.isEmpty() ? null : values.get(Math.min(number, values.size() - 1));
      statement.setString(at + number, value == null ? null : toColumn(value));
    }
    return at + width;
  }

  @Override
  public final String shareLock() {
    return "LOCK IN SHARE MODE";
  }

  @Override
  public final String rowLock() {
    return "FOR UPDATE";
  }

  /** What statements like {@link #SETTINGS} show, by names in small letters. */
  static Map<String, String> settings(Connection connection, String... shows) throws SQLException {
    Map<String, String> settings = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      for (String show : shows) {
        try (ResultSet result = statement.executeQuery(show)) {
          while (result.next()) {
            settings.put(result.getString(1).toLowerCase(Locale.ROOT), result.getString(2));
          }
        }
      }
    }
    return settings;
  }

  /** Refuses a server that may lose what it has acknowledged, or takes no writes. */
  static void requireSafe(Map<String, String> settings) {
    Refusals.require(settings, "innodb_flush_log_at_trx_commit", "1");
    String doublewrite = settings.getOrDefault("innodb_doublewrite", "ON");
    // MySQL can also only tell that a page was torn, without its content to mend it.
    if (doublewrite.equalsIgnoreCase("OFF") || doublewrite.equalsIgnoreCase("DETECT_ONLY")) {
      throw Refusals.durability("innodb_doublewrite", doublewrite, "ON");
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
  }

  @Override
  public final Undo adjust(Connection connection) throws SQLException {
    int isolation = connection.getTransactionIsolation();
    if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
    Map<String, Long> values = sessionValues();
    List<String> names = List.copyOf(values.keySet());
    String mode;
    List<Long> before = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet result =
          statement.executeQuery("SELECT @@sql_mode, @@" + String.join(", @@", names))) {
        result.next();
        mode = result.getString(1);
        for (int number = 0; number < names.size(); number++) {
          before.add(result.getLong(number + 2));
        }
      }
      StringBuilder set = new StringBuilder();
      values.forEach((name, value) -> set.append(", ").append(name).append(" = ").append(value));
      // Strict, because otherwise a text that is too long is cut without a word.
      statement.execute("SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')" + set);
    }
    return () -> {
      if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
        connection.setTransactionIsolation(isolation);
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SET SESSION sql_mode = ?, " + String.join(" = ?, ", names) + " = ?")) {
        statement.setString(1, mode);
        for (int number = 0; number < names.size(); number++) {
          statement.setLong(number + 2, before.get(number));
        }
        statement.execute();
      }
    };
  }

  @Override
  public final Undo lockSchema(Connection connection, String name) throws SQLException {
    String lock = NamedLocks.shorten("schema", scope);
    if (!NamedLocks.call(connection, "SELECT GET_LOCK(?, " + SCHEMA_WAIT + ")", lock)) {
      throw new SQLException("another process is making the tables", "HYT00");
    }
    return () -> NamedLocks.call(connection, "SELECT RELEASE_LOCK(?)", lock);
  }

  @Override
  public final Pages pages() {
    return pages;
  }

  @Override
  public final boolean shared() {
    return true;
  }

  @Override
  public final LifeSign lifeSign() {
    return new NamedLocks(scope);
  }
}
