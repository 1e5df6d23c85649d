package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A MySQL server is killed while it writes, and comes back; the store is not opened anew. */
final class MySqlOutageTest {
  private MySql.Server server;

  @BeforeEach
  void start() {
    server = MySql.server();
  }

  @AfterEach
  void delete() {
    if (server != null) {
      server.delete();
    }
  }

  private static Commit page(String id, String worker, long position) {
    return Commit.page(id, worker, 1, position, "\"" + position + "\"");
  }

  @Test
  void nothing_acknowledged_is_lost_and_work_goes_on() throws Exception {
    try (JdbcStore store = JdbcStore.at(server.url("flows") + "&createDatabaseIfNotExist=true")) {
      store.open();
      String worker = Steps.worker(store);
      String id = Steps.created(store, worker);
      AtomicLong acknowledged = new AtomicLong(1);
      Thread writer = new Thread(() -> writeUntilRefused(store, id, worker, acknowledged));
      writer.start();
      Steps.eventually(() -> acknowledged.get() > 50);
      server.kill();
      writer.join(60_000);
      long last = acknowledged.get();
      StoreException told = catchThrowableOfType(StoreException.class, () -> get(store.find(id)));
      assertThat(told.kind()).isEqualTo(StoreException.Kind.TRANSIENT);
      server.start();
      assertThat(Steps.pages(store, id).size()).isBetween((int) last, (int) last + 1);
      // The step whose outcome was unknown stands once.
      Commit next = page(id, worker, last + 1);
      assertThat(get(store.commit(List.of(next)))).containsExactly(Commit.Result.APPLIED);
      assertThat(get(store.commit(List.of(next)))).containsExactly(Commit.Result.APPLIED);
      assertThat(Steps.pages(store, id)).isEqualTo(pages(last + 1));
    }
  }

  private static void writeUntilRefused(
      JdbcStore store, String id, String worker, AtomicLong acknowledged) {
    try {
      while (true) {
        long next = acknowledged.get() + 1;
        get(store.commit(List.of(page(id, worker, next))));
        acknowledged.set(next);
      }
    } catch (StoreException ignored) {
      // The server is gone.
    }
  }

  private static List<String> pages(long last) {
    List<String> pages = new ArrayList<>();
    for (long position = 1; position <= last; position++) {
      pages.add("\"" + position + "\"");
    }
    return pages;
  }
}
