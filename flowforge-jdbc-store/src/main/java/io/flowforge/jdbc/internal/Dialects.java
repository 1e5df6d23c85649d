package io.flowforge.jdbc.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Finds the dialect of a database. */
final class Dialects {
  private Dialects() {}

  /** The dialect of the database behind a connection. */
  static Dialect of(Connection connection, String schema, String prefix) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "h2" -> new H2Dialect();
      case "postgresql" ->
          new PostgresDialect(scope(connection, "SELECT current_schema()", schema, prefix));
      case "mariadb" -> new MariaDbDialect(scope(connection, "SELECT DATABASE()", schema, prefix));
      case "mysql" -> new MySqlDialect(scope(connection, "SELECT DATABASE()", schema, prefix));
      default -> throw Refusals.product(product);
    };
  }

  private static String scope(Connection connection, String current, String schema, String prefix)
      throws SQLException {
    if (!schema.isEmpty()) {
      return schema + "." + prefix;
    }
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(current)) {
      result.next();
      return result.getString(1) + "." + prefix;
    }
  }
}
