package io.flowforge.jdbc;

import io.flowforge.spi.store.BlobStore;
import io.flowforge.testkit.BlobStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The kit of blob stores on PostgreSQL. */
final class PostgresBlobsTest extends BlobStoreContract {
  private static JdbcStore store;

  @BeforeAll
  static void open() throws SQLException {
    store = JdbcStore.at(Postgres.url("blobs"));
    store.open();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  protected BlobStore connect() {
    return inStore(store);
  }
}
