package io.flowforge.jdbc;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store kit on MySQL, with a pool of eight. */
final class MySqlContractTest extends JdbcStoreContract {
  private static Pool.Spare spare;

  @BeforeAll
  static void openConnections() throws SQLException {
    String url = MySql.url("contract");
    spare = new Pool.Spare(() -> DriverManager.getConnection(url));
  }

  @AfterAll
  static void closeConnections() throws SQLException {
    if (spare != null) {
      spare.close();
    }
  }

  @Override
  Pool.Spare spare() {
    return spare;
  }

  @Override
  HostPool hostPool() {
    return HostPool.EIGHT_AUTO;
  }

  @Override
  protected int executionsToClaim() {
    // As many as a pool of one: two more classes run the kit on this server.
    return 1_000;
  }

  @Override
  protected int histories() {
    return 1;
  }
}
