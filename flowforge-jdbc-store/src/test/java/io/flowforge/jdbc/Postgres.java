package io.flowforge.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** A PostgreSQL server for all tests of this process; ends with it. */
public final class Postgres {
  private static final Set<String> DATABASES = new HashSet<>();
  private static EmbeddedPostgres server;

  private Postgres() {}

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        // The library switches off what makes commits durable.
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "300")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  /** URL of a database of its own, made when it is first asked for. */
  public static synchronized String url(String database) throws SQLException {
    String url = server().getJdbcUrl("postgres", "postgres");
    if (DATABASES.add(database)) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + database);
      }
    }
    return server().getJdbcUrl("postgres", database);
  }

  /** A new connection to it. */
  public static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }
}
