package io.flowforge.jdbc.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection made ready for the store, with its statements; gives the connection back as it was.
 * Not thread-safe.
 */
final class Session implements AutoCloseable {
  private static final int MOST_STATEMENTS = 64;

  /** So many rows are inserted by one statement. */
  private static final int[] AT_ONCE = {32, 8};

  private final Sql sql;
  private final Connection connection;
  private final boolean autoCommit;
  private final Dialect.Undo undo;
  private final Patience patience;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
  private boolean committing;
  private boolean spoilt;
  private boolean keepsPlans;

  private Session(
      Sql sql, Connection connection, boolean autoCommit, Dialect.Undo undo, Patience patience) {
    this.sql = sql;
    this.connection = connection;
    this.autoCommit = autoCommit;
    this.undo = undo;
    this.patience = patience;
  }

  /**
   * Makes a connection ready; closes it when that fails.
   *
   * @param longest how long an answer may take
   */
  static Session open(Sql sql, Connection connection, Duration longest) throws SQLException {
    try {
      Patience patience = Patience.limit(connection, longest);
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(true);
      Dialect.Undo undo = sql.dialect().adjust(connection);
      connection.setAutoCommit(false);
      return new Session(sql, connection, autoCommit, undo, patience);
    } catch (SQLException | RuntimeException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  /** The statements on a connection of the caller, whose settings and transaction are its own. */
  static Session within(Sql sql, Connection connection) {
    return new Session(sql, connection, false, () -> {}, Patience.OF_THE_CALLER);
  }

  Sql sql() {
    return sql;
  }

  Connection connection() {
    return connection;
  }

  /** Whether a commit was under way when the last exception came. */
  boolean committing() {
    return committing;
  }

  /** Says that the session is not to be used again, because its settings may be wrong. */
  void spoil() {
    spoilt = true;
  }

  boolean isSpoilt() {
    return spoilt;
  }

  void commit() throws SQLException {
    committing = true;
    connection.commit();
    committing = false;
  }

  void rollback() throws SQLException {
    committing = false;
    if (!connection.getAutoCommit()) {
      connection.rollback();
    } else {
      connection.setAutoCommit(false);
    }
  }

  /** Plans each statement once from now on. */
  void keepPlans() throws SQLException {
    if (!keepsPlans) {
      sql.dialect().keepPlans(this);
      keepsPlans = true;
    }
  }

  /** Runs what is one statement as a transaction of its own, without a call for the commit. */
  <T> T alone(Work<T> work) throws SQLException {
    connection.setAutoCommit(true);
    committing = true;
    T result = work.run(this);
    committing = false;
    connection.setAutoCommit(false);
    return result;
  }

  /** Reads one column of rows. */
  interface Reader<T> {
    /** Reads a row. */
    T read(Row row) throws SQLException;
  }

  /**
   * Reads all rows.
   *
   * @param text statement with places of {@link Sql}
   * @param arguments texts, numbers, bytes, {@link Ids}, arrays, or null
   */
  <T> List<T> query(String text, Reader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    PreparedStatement statement = prepare(text, arguments);
    bind(statement, arguments);
    List<T> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      Row row = new Row(result, sql.dialect());
      while (result.next()) {
        rows.add(reader.read(row));
      }
    }
    return rows;
  }

  /** Changes rows; gives how many. */
  int update(String text, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepare(text, arguments);
    bind(statement, arguments);
    return statement.executeUpdate();
  }

  /** Runs a statement once for each list of arguments, none of them {@link Ids}. */
  void batch(String text, List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    PreparedStatement statement = prepare(text);
    for (@Nullable Object[] row : rows) {
      bind(statement, row);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  /**
   * Inserts rows, as many as possible with each statement: where the database is in this process, a
   * statement costs as much as the row that it inserts.
   *
   * @param text statement for one row
   * @param row the end of it, which is repeated for further rows
   */
  void insert(String text, String row, List<@Nullable Object[]> rows) throws SQLException {
    int from = 0;
    for (int size : AT_ONCE) {
      String several = size > rows.size() - from ? text : text + (", " + row).repeat(size - 1);
      for (; size <= rows.size() - from; from += size) {
        List<@Nullable Object> values = new ArrayList<>();
        rows.subList(from, from + size).forEach(one -> Collections.addAll(values, one));
        update(several, values.toArray());
      }
    }
    batch(text, rows.subList(from, rows.size()));
  }

  /** The clock of the database. */
  long now() throws SQLException {
    return query("SELECT {now}", row -> row.number(1)).get(0);
  }

  private PreparedStatement prepare(String text, @Nullable Object... arguments)
      throws SQLException {
    int count = 0;
    for (Object argument : arguments) {
      if (argument instanceof Ids ids) {
        count = ids.values().size();
      }
    }
    String filled = sql.of(text, count);
    PreparedStatement statement = statements.get(filled);
    if (statement == null) {
      statement = connection.prepareStatement(filled);
      statements.put(filled, statement);
      if (statements.size() > MOST_STATEMENTS) {
        var eldest = statements.values().iterator();
        PreparedStatement unused = eldest.next();
        eldest.remove();
        unused.close();
      }
    }
    return statement;
  }

  private void bind(PreparedStatement statement, @Nullable Object... arguments)
      throws SQLException {
    int at = 1;
    for (Object argument : arguments) {
      if (argument instanceof Ids ids) {
        at = sql.dialect().bind(statement, at, ids.values());
        continue;
      }
      if (argument == null) {
        statement.setNull(at, Types.NULL);
      } else if (argument instanceof String text) {
        statement.setString(at, sql.dialect().toColumn(text));
      } else if (argument instanceof byte[] bytes) {
        statement.setBytes(at, bytes);
      } else if (argument instanceof Number number) {
        statement.setLong(at, number.longValue());
      } else if (argument instanceof java.sql.Array array) {
        statement.setArray(at, array);
      } else {
        throw new IllegalArgumentException("no column takes a " + argument.getClass());
      }
      at++;
    }
  }

  /** Closes the statements, and leaves the connection to its owner. */
  void closeStatements() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  /** Gives the connection back as it was. */
  @Override
  public void close() {
    try {
      rollback();
      closeStatements();
      connection.setAutoCommit(true);
      undo.run();
      connection.setAutoCommit(autoCommit);
      patience.end();
    } catch (SQLException e) {
      // What cannot be given back as it was must not be used again.
      abort();
    } finally {
      closeQuietly(connection);
    }
  }

  /** Cuts a connection that is of no use any more, or in the way. */
  void abort() {
    abort(connection);
  }

  static void abort(Connection connection) {
    try {
      connection.abort(DIRECT);
    } catch (SQLException | RuntimeException ignored) {
      // It is gone already.
    }
    closeQuietly(connection);
  }

  private static final Executor DIRECT = Runnable::run;

  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException ignored) {
      // There is nothing more that could be done with it.
    }
  }
}
