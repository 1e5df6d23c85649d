package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server goes away and comes back; the store is not opened anew. */
final class OutageTest {
  @TempDir Path folder;

  private EmbeddedPostgres start(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("data"))
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on");
    if (port != 0) {
      builder.setPort(port);
    }
    return builder.start();
  }

  @Test
  void nothing_acknowledged_is_lost_and_work_goes_on() throws IOException {
    EmbeddedPostgres server = start(0);
    int port = server.getPort();
    try (JdbcStore store = JdbcStore.at(server.getJdbcUrl("postgres", "postgres"))) {
      store.open();
      String worker = Steps.worker(store);
      String id = Steps.created(store, worker);
      Commit next = Commit.page(id, worker, 1, 2, "\"2\"");
      server.close();
      StoreException told =
          catchThrowableOfType(StoreException.class, () -> get(store.commit(List.of(next))));
      assertThat(told.kind()).isNotEqualTo(StoreException.Kind.FATAL);
      assertThat(told.code()).isEqualTo("FF-STORE-UNAVAILABLE");
      told = catchThrowableOfType(StoreException.class, () -> get(store.find(id)));
      assertThat(told.kind()).isEqualTo(StoreException.Kind.TRANSIENT);
      server = start(port);
      assertThat(get(store.commit(List.of(next)))).containsExactly(Commit.Result.APPLIED);
      assertThat(get(store.commit(List.of(next)))).containsExactly(Commit.Result.APPLIED);
      assertThat(Steps.pages(store, id)).containsExactly("\"1\"", "\"2\"");
    } finally {
      server.close();
    }
  }
}
