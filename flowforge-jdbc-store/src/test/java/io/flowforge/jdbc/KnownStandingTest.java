package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Commit.Result;
import io.flowforge.spi.store.HeadChange;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that remembers where its executions stand believes no memory that has become wrong. */
final class KnownStandingTest {
  private static String url(String database) throws SQLException {
    return switch (database) {
      case "h2" -> "jdbc:h2:mem:standing;DB_CLOSE_DELAY=-1";
      case "postgresql" -> Postgres.url("standing");
      case "mysql" -> MySql.url("standing");
      default -> MariaDb.url("standing");
    };
  }

  private static List<Result> write(JdbcStore store, Commit commit) {
    return get(store.commit(List.of(commit)));
  }

  private static Commit page(String id, String worker, long position, String text) {
    return Commit.page(id, worker, 1, position, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void a_page_of_another_store_is_found_out(String database) throws SQLException {
    try (JdbcStore one = JdbcStore.at(url(database));
        JdbcStore other = JdbcStore.at(url(database))) {
      one.open();
      other.open();
      String worker = Steps.worker(one);
      String id = Steps.created(one, worker);
      assertThat(write(other, page(id, worker, 2, "\"2\""))).containsExactly(Result.APPLIED);
      assertThat(write(one, page(id, worker, 2, "\"x\""))).containsExactly(Result.FENCED);
      assertThat(write(one, page(id, worker, 2, "\"2\""))).containsExactly(Result.APPLIED);
      assertThat(write(one, page(id, worker, 3, "\"3\""))).containsExactly(Result.APPLIED);
      assertThat(Steps.pages(one, id)).containsExactly("\"1\"", "\"2\"", "\"3\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void what_another_store_gave_up_is_written_no_more(String database) throws SQLException {
    try (JdbcStore one = JdbcStore.at(url(database));
        JdbcStore other = JdbcStore.at(url(database))) {
      one.open();
      other.open();
      String worker = Steps.worker(one);
      String id = Steps.created(one, worker);
      Commit leaves =
          page(id, worker, 2, "\"2\"").with(HeadChange.released(ExecutionStatus.WAITING, null, 0));
      assertThat(write(other, leaves)).containsExactly(Result.APPLIED);
      assertThat(write(one, page(id, worker, 2, "\"x\""))).containsExactly(Result.FENCED);
      assertThat(write(one, page(id, worker, 3, "\"x\""))).containsExactly(Result.FENCED);
      assertThat(Steps.pages(one, id)).containsExactly("\"1\"", "\"2\"");
    }
  }

  private static Commit end(String id, String worker, long position) {
    return page(id, worker, position, "\"end\"")
        .with(HeadChange.ended(ExecutionStatus.COMPLETED, null, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void an_end_behind_a_page_of_another_store_changes_nothing(String database) throws SQLException {
    try (JdbcStore one = JdbcStore.at(url(database));
        JdbcStore other = JdbcStore.at(url(database))) {
      one.open();
      other.open();
      String worker = Steps.worker(one);
      String id = Steps.created(one, worker);
      assertThat(write(other, page(id, worker, 2, "\"2\""))).containsExactly(Result.APPLIED);
      assertThat(write(one, end(id, worker, 2))).containsExactly(Result.FENCED);
      assertThat(Steps.head(one, id).status()).isEqualTo(ExecutionStatus.PENDING);
      assertThat(Steps.head(one, id).worker()).isEqualTo(worker);
      assertThat(write(one, end(id, worker, 3))).containsExactly(Result.APPLIED);
      assertThat(Steps.head(one, id).status()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(Steps.pages(one, id)).containsExactly("\"1\"", "\"2\"", "\"end\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void what_another_store_gave_up_is_not_ended(String database) throws SQLException {
    try (JdbcStore one = JdbcStore.at(url(database));
        JdbcStore other = JdbcStore.at(url(database))) {
      one.open();
      other.open();
      String worker = Steps.worker(one);
      String id = Steps.created(one, worker);
      Commit leaves =
          page(id, worker, 2, "\"2\"").with(HeadChange.released(ExecutionStatus.WAITING, null, 0));
      assertThat(write(other, leaves)).containsExactly(Result.APPLIED);
      assertThat(write(one, end(id, worker, 3))).containsExactly(Result.FENCED);
      assertThat(Steps.head(one, id).status()).isEqualTo(ExecutionStatus.WAITING);
      assertThat(Steps.pages(one, id)).containsExactly("\"1\"", "\"2\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void a_worker_that_has_retired_writes_no_more(String database) throws SQLException {
    try (JdbcStore one = JdbcStore.at(url(database));
        JdbcStore other = JdbcStore.at(url(database))) {
      one.open();
      other.open();
      String worker = Steps.worker(one);
      String id = Steps.created(one, worker);
      get(other.retire(worker));
      assertThat(write(one, page(id, worker, 2, "\"x\""))).containsExactly(Result.FENCED);
      assertThat(write(one, end(id, worker, 2))).containsExactly(Result.FENCED);
      assertThat(write(one, Commit.create(Steps.execution(worker), "\"1\"")))
          .containsExactly(Result.FENCED);
      assertThat(Steps.pages(one, id)).containsExactly("\"1\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void a_page_may_be_written_on_the_calling_thread(String database) throws SQLException {
    try (JdbcStore store = JdbcStore.at(url(database))) {
      store.open();
      String worker = Steps.worker(store);
      String id = Steps.created(store, worker);
      assertThat(store.commitHere(List.of(page(id, worker, 2, "\"2\""))))
          .contains(List.of(Result.APPLIED));
      assertThat(store.commitHere(List.of(end(id, worker, 3)))).contains(List.of(Result.APPLIED));
      assertThat(store.commitHere(List.of(end(id, worker, 3)))).contains(List.of(Result.APPLIED));
      assertThat(Steps.pages(store, id)).containsExactly("\"1\"", "\"2\"", "\"end\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void it_is_declined_while_another_commit_is_under_way(String database) throws SQLException {
    try (JdbcStore store = JdbcStore.at(url(database));
        Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      store.open();
      String worker = Steps.worker(store);
      String id = Steps.created(store, worker);
      connection.setAutoCommit(false);
      statement.executeQuery(
          "SELECT id FROM flowforge_worker WHERE id = '" + worker + "' FOR UPDATE");
      CompletionStage<List<Result>> held = store.commit(List.of(page(id, worker, 2, "\"2\"")));
      assertThat(store.commitHere(List.of(page(id, worker, 3, "\"3\"")))).isEmpty();
      connection.rollback();
      assertThat(get(held)).containsExactly(Result.APPLIED);
    }
  }
}
