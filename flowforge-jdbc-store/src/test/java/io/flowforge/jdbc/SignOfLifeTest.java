package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.eventually;
import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.StoreException;
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
    return switch (database) {
      case "mysql" -> MySql.url("signs");
      case "mariadb" -> MariaDb.url("signs");
      default -> Postgres.url("signs");
    };
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
  @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
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
  void an_execution_of_a_dead_worker_is_not_called_owned_while_it_cannot_be_buried()
      throws SQLException {
    String url = Postgres.url("held");
    try (JdbcStore store = JdbcStore.at(url);
        Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      store.open();
      String dead = Steps.worker(store);
      String id = Steps.created(store, dead);
      awaitSign(url, dead);
      other.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE flowforge_worker SET lease_until = 0 WHERE id = '" + dead + "'");
      other.commit();
      statement.executeQuery("SELECT 1 FROM flowforge_worker WHERE id = '" + dead + "' FOR UPDATE");
      String heir = Steps.worker(store);
      assertThatThrownBy(() -> get(store.claim(heir, id)))
          .isInstanceOfSatisfying(
              StoreException.class,
              busy -> assertThat(busy.kind()).isEqualTo(StoreException.Kind.TRANSIENT));
      other.rollback();
      assertThat(get(store.claim(heir, id)).orElseThrow().worker()).isEqualTo(heir);
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
