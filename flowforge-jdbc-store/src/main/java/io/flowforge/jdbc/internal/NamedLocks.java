package io.flowforge.jdbc.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Locks of a session of MariaDB or MySQL, by name; names are the server's.
 *
 * @param scope what tells this store's tables from those of another on the same server
 */
record NamedLocks(String scope) implements LifeSign {
  /** The name of a lock of so many parts. */
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

  /** Calls a function of locks; whether it did what it is for. */
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
