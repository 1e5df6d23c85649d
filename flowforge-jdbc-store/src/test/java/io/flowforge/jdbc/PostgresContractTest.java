package io.flowforge.jdbc;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store kit on PostgreSQL, with a pool of eight. */
final class PostgresContractTest extends JdbcStoreContract {
  private static Pool.Spare spare;

  @BeforeAll
  static void openConnections() {
    spare = new Pool.Spare(() -> Postgres.connect("contract"));
  }

  @AfterAll
  static void closeConnections() throws SQLException {
    spare.close();
  }

  @Override
  Pool.Spare spare() {
    return spare;
  }

  @Override
  HostPool hostPool() {
    return HostPool.EIGHT_AUTO;
  }
}
