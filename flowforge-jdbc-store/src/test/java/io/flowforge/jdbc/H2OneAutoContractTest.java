package io.flowforge.jdbc;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The store kit on an H2 file, with a pool of one. */
final class H2OneAutoContractTest extends JdbcStoreContract {
  @TempDir static Path folder;
  private static Pool.Spare spare;

  @BeforeAll
  static void openConnections() {
    spare =
        new Pool.Spare(
            () -> DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("contract")));
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
    return HostPool.ONE_AUTO;
  }
}
