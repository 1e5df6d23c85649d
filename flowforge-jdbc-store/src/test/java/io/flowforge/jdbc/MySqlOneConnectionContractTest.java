package io.flowforge.jdbc;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The store kit on MySQL, with a pool of one without autocommit, whose driver plans statements in
 * the server, joins batches, and counts only rows that became others.
 */
final class MySqlOneConnectionContractTest extends JdbcStoreContract {
  private static Pool.Spare spare;

  @BeforeAll
  static void openConnections() throws SQLException {
    String url =
        MySql.url("contractone")
            + "&useServerPrepStmts=true&rewriteBatchedStatements=true&useAffectedRows=true";
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
    return HostPool.ONE_MANUAL;
  }
}
