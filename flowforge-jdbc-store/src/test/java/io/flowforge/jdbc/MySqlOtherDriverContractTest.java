package io.flowforge.jdbc;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store kit on MySQL, through MariaDB's driver, with a pool of eight without autocommit. */
final class MySqlOtherDriverContractTest extends JdbcStoreContract {
  private static Pool.Spare spare;

  @BeforeAll
  static void openConnections() throws SQLException {
    String url = MySql.url(MySql.Driver.MARIADB, "contractother") + "&useAffectedRows=true";
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
    return HostPool.EIGHT_MANUAL;
  }
}
