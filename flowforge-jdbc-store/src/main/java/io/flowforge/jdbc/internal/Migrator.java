package io.flowforge.jdbc.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tables up to date, forward only. Scripts are resources, one for each database and
 * version; a table keeps the versions that were reached. Several processes may do it at once.
 */
final class Migrator {
  /** The version of the tables that this code works with. */
  static final int VERSION = 1;

  private final Sql sql;
  private final Connection connection;

  /** For a connection that commits each statement by itself. */
  Migrator(Sql sql, Connection connection) {
    this.sql = sql;
    this.connection = connection;
  }

  /** Brings the tables to {@link #VERSION}; refuses those of a later version. */
  void run() throws SQLException {
    Dialect dialect = sql.dialect();
    // No lock is taken, and no right to make tables is needed, when there is nothing to do.
    if (isCurrent()) {
      return;
    }
    connection.setAutoCommit(!dialect.transactionalTables());
    try {
      Dialect.Undo lock = dialect.lockSchema(connection, sql.tables());
      try {
        upgrade();
      } finally {
        lock.run();
      }
      if (dialect.transactionalTables()) {
        connection.commit();
      }
    } catch (SQLException | RuntimeException e) {
      if (dialect.transactionalTables()) {
        connection.rollback();
      }
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private boolean isCurrent() throws SQLException {
    try {
      return check(version()) == VERSION;
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.SCHEMA) {
        return false;
      }
      throw e;
    }
  }

  private void upgrade() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          sql.of(
              "CREATE TABLE IF NOT EXISTS {schema} (version INTEGER NOT NULL PRIMARY KEY,"
                  + " reached_at BIGINT NOT NULL)"));
      for (int next = check(version()) + 1; next <= VERSION; next++) {
        for (String part : parts(script(next))) {
          statement.execute(part);
        }
        reached(next);
      }
    }
  }

  private int version() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql.of("SELECT MAX(version) FROM {schema}"))) {
      result.next();
      return result.getInt(1);
    }
  }

  private static int check(int version) {
    if (version > VERSION) {
      throw Refusals.fatal(
          "FF-STORE-SCHEMA",
          "the store's tables are of version "
              + version
              + ", this FlowForge knows them up to "
              + VERSION
              + "; upgrade it");
    }
    return version;
  }

  private void reached(int version) throws SQLException {
    String text = sql.of("INSERT INTO {schema} (version, reached_at) SELECT ?, {now}");
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      statement.setInt(1, version);
      statement.executeUpdate();
    }
  }

  private String script(int version) {
    String name = "schema/" + sql.dialect().scripts() + "-" + version + ".sql";
    try (@Nullable InputStream resource = Migrator.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the store's jar has no " + name);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${t}", sql.tables())
          .replace("${p}", sql.prefix());
    } catch (IOException e) {
      throw new UncheckedIOException("the store's jar has no readable " + name, e);
    }
  }

  private static List<String> parts(String script) {
    List<String> parts = new ArrayList<>();
    for (String part : script.split(";\n")) {
      String bare = part.replaceAll("(?m)^--.*$", "").strip();
      if (!bare.isEmpty()) {
        parts.add(bare);
      }
    }
    return parts;
  }
}
