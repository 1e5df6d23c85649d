package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.NewExecution;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An execution that is created with the caller's own rows. */
final class JoinedTransactionTest {
  private static final byte[] FLOW = "{\"flow\":1}".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path folder;

  private static String url(String database) throws SQLException {
    return switch (database) {
      case "h2" -> "jdbc:h2:file:" + folder.resolve("joined");
      case "postgresql" -> Postgres.url("joined");
      case "mysql" -> MySql.url("joined");
      default -> MariaDb.url("joined");
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void order_and_execution_are_there_together_or_not_at_all(String database) throws SQLException {
    try (JdbcStore store = JdbcStore.at(url(database));
        Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      store.open();
      statement.execute("CREATE TABLE customer_order (id INTEGER)");
      connection.setAutoCommit(false);
      NewExecution dropped = Steps.execution(null);
      statement.execute("INSERT INTO customer_order VALUES (1)");
      assertThat(store.create(connection, dropped, FLOW)).isTrue();
      connection.rollback();
      NewExecution kept = Steps.execution(null);
      statement.execute("INSERT INTO customer_order VALUES (2)");
      assertThat(store.create(connection, kept, FLOW)).isTrue();
      String worker = Steps.worker(store);
      assertThat(get(store.claim(worker, 10))).as("before the commit").isEmpty();
      connection.commit();
      assertThat(get(store.claim(worker, 10)))
          .extracting(ExecutionRecord::id)
          .containsExactly(kept.id());
      assertThat(get(store.find(dropped.id()))).isEmpty();
      assertThat(get(store.read("flow-version", kept.flowHash())).orElseThrow().value())
          .isEqualTo(FLOW);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void one_that_exists_is_left_and_the_transaction_goes_on(String database) throws SQLException {
    try (JdbcStore store = JdbcStore.at(url(database));
        Connection connection = DriverManager.getConnection(url(database))) {
      store.open();
      String known = Steps.created(store, Steps.worker(store));
      ExecutionRecord before = Steps.head(store, known);
      connection.setAutoCommit(false);
      NewExecution again = new NewExecution(known, "x", "x", "", java.util.Map.of(), "{}", 1, null);
      assertThat(store.create(connection, again)).isFalse();
      NewExecution other = Steps.execution(null);
      assertThat(store.create(connection, other)).isTrue();
      connection.commit();
      assertThat(Steps.head(store, known)).isEqualTo(before);
      assertThat(Steps.head(store, other.id()).worker()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "h2")
  void without_a_transaction_there_is_nothing_to_join(String database) throws SQLException {
    try (JdbcStore store = JdbcStore.at(url(database));
        Connection connection = DriverManager.getConnection(url(database))) {
      store.open();
      NewExecution execution = Steps.execution(null);
      assertThatThrownBy(() -> store.create(connection, execution))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setAutoCommit(false)");
      NewExecution owned = Steps.execution("worker");
      assertThatThrownBy(() -> store.create(connection, owned))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
