package io.flowforge.jdbc;

import io.flowforge.spi.store.BlobStore;
import io.flowforge.testkit.BlobStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The kit of blob stores on an H2 file. */
final class H2BlobsTest extends BlobStoreContract {
  @TempDir static Path folder;
  private static JdbcStore store;

  @BeforeAll
  static void open() {
    store = JdbcStore.at("jdbc:h2:file:" + folder.resolve("blobs"));
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
