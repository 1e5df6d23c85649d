package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.eventually;
import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.Message;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the held connection is for. Leases are of an hour, so none of them ends here. */
final class SignOfLifeTest {
  private static String url(String database) throws SQLException {
    return database.equals("mariadb") ? MariaDb.url("signs") : Postgres.url("signs");
  }

  private static long ask(String url, String question) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(question)) {
      return result.next() ? result.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitSign(String url, String worker) {
    eventually(
        () ->
            1
                == ask(
                    url,
                    "SELECT COUNT(*) FROM flowforge_worker WHERE hint IS NOT NULL AND id = '"
                        + worker
                        + "'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb"})
  void a_worker_that_falls_silent_is_buried_before_its_lease_ends(String database)
      throws SQLException {
    JdbcStore dying = JdbcStore.at(url(database));
    try (JdbcStore living = JdbcStore.at(url(database))) {
      dying.open();
      living.open();
      String lost = Steps.worker(dying);
      String id = Steps.created(dying, lost);
      awaitSign(url(database), lost);
      String heir = Steps.worker(living);
      assertThat(get(living.claim(heir, 10))).isEmpty();
      // As a process dies: without retiring its worker.
      dying.close();
      eventually(() -> get(living.claim(heir, 10)).stream().anyMatch(head -> head.id().equals(id)));
      ExecutionRecord head = Steps.head(living, id);
      assertThat(head.worker()).isEqualTo(heir);
      assertThat(head.recoveries()).isEqualTo(1);
    }
  }

  @Test
  void a_worker_whose_connection_is_cut_takes_its_sign_again() throws SQLException {
    String url = Postgres.url("cut");
    try (JdbcStore cut = JdbcStore.at(url);
        JdbcStore other = JdbcStore.at(url)) {
      cut.open();
      other.open();
      String worker = Steps.worker(cut);
      String id = Steps.created(cut, worker);
      awaitSign(url, worker);
      String locks =
          "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
              + " (SELECT oid FROM pg_database WHERE datname = current_database())";
      assertThat(ask(url, locks)).isEqualTo(1);
      long holder = ask(url, locks.replace("COUNT(*)", "pid"));
      ask(url, "SELECT pg_terminate_backend(" + holder + ")::int");
      eventually(
          () -> ask(url, locks) == 1 && ask(url, locks.replace("COUNT(*)", "pid")) != holder);
      assertThat(get(other.claim(Steps.worker(other), 10))).isEmpty();
      assertThat(Steps.head(cut, id).worker()).isEqualTo(worker);
    }
  }

  @Test
  void other_processes_are_woken() throws SQLException, InterruptedException {
    try (JdbcStore one = JdbcStore.at(Postgres.url("signs"));
        JdbcStore other = JdbcStore.at(Postgres.url("signs"))) {
      Semaphore told = new Semaphore(0);
      one.onWake(told::release);
      one.open();
      other.open();
      String worker = Steps.worker(one);
      String id = Steps.created(one, worker);
      awaitSign(Postgres.url("signs"), worker);
      String sender = "m";
      told.drainPermits();
      get(other.send(id, new Message(sender, Message.Kind.SIGNAL, "news", "1")));
      assertThat(told.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
      assertThat(get(one.inbox(worker, 10)))
          .extracting(received -> received.message().id())
          .isEqualTo(List.of(sender));
    }
  }
}
