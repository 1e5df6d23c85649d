package io.flowforge.jdbc.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The row a result stands at; columns are counted from 1. */
final class Row {
  private final ResultSet result;
  private final Dialect dialect;

  Row(ResultSet result, Dialect dialect) {
    this.result = result;
    this.dialect = dialect;
  }

  String text(int column) throws SQLException {
    return Objects.requireNonNull(optionalText(column), "a column that is never null");
  }

  @Nullable String optionalText(int column) throws SQLException {
    String value = result.getString(column);
    return value == null ? null : dialect.fromColumn(value);
  }

  /** A number; 0 for null. */
  long number(int column) throws SQLException {
    return result.getLong(column);
  }

  byte[] bytes(int column) throws SQLException {
    return Objects.requireNonNull(result.getBytes(column), "a column that is never null");
  }
}
