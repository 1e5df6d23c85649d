package io.flowforge.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A lock that lives as long as a connection, and so tells a dead worker before its lease ends. */
interface LifeSign {
  /** Name of the lock of a worker, at most 64 characters. */
  String name(String worker);

  /** Takes the lock for the connection; false when another connection has it. */
  boolean take(Connection connection, String name) throws SQLException;

  /** Releases the lock. */
  void release(Connection connection, String name) throws SQLException;

  /** Those of the locks that nobody has. */
  List<String> free(Session session, List<String> names) throws SQLException;
}
