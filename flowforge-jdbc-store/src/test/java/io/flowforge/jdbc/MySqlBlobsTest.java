package io.flowforge.jdbc;

import io.flowforge.spi.store.BlobStore;
import io.flowforge.testkit.BlobStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The kit of blob stores on MariaDB. */
final class MySqlBlobsTest extends BlobStoreContract {
  private static JdbcStore store;

  @BeforeAll
  static void open() throws SQLException {
    store = JdbcStore.at(MySql.url("blobs"));
    store.open();
  }

  @AfterAll
  static void close() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  protected BlobStore connect() {
    return inStore(store);
  }
}
