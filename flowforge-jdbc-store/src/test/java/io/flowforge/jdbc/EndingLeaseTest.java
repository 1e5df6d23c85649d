package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lease ends while a claim is under way: after it was looked at, and before anything is taken.
 */
final class EndingLeaseTest {
  private final AtomicReference<String> ending = new AtomicReference<>();
  private final AtomicInteger ended = new AtomicInteger();

  private static String url(String database) throws SQLException {
    return switch (database) {
      case "h2" -> "jdbc:h2:mem:ending" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
      case "postgresql" -> Postgres.url("ending");
      case "mysql" -> MySql.url("ending");
      default -> MariaDb.url("ending");
    };
  }

  private JdbcStore open(String database) throws SQLException {
    String url = url(database);
    // Two connections: none watches for signs of life, so that leases alone count.
    JdbcStore store = JdbcStore.builder(source(url)).connections(2).build();
    store.open();
    return store;
  }

  private DataSource source(String url) {
    return (DataSource)
        Proxy.newProxyInstance(
            EndingLeaseTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection")) {
                return watched(DriverManager.getConnection(url));
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  /** Ends the lease between the statement that looks at it and the next one. */
  private Connection watched(Connection connection) {
    boolean[] looked = {false};
    return (Connection)
        Proxy.newProxyInstance(
            EndingLeaseTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                if (looked[0]) {
                  endLease(connection);
                }
                looked[0] = String.valueOf(arguments[0]).contains("lease_until > ");
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void endLease(Connection connection) throws SQLException {
    String worker = ending.getAndSet(null);
    if (worker != null) {
      try (Statement statement = connection.createStatement()) {
        ended.addAndGet(
            statement.executeUpdate(
                "UPDATE flowforge_worker SET lease_until = 0 WHERE id = '" + worker + "'"));
      }
    }
  }

  /** An execution that is due and belongs to nobody. */
  private static String due(JdbcStore store) {
    String worker = Steps.worker(store);
    String id = Steps.created(store, worker);
    Commit left =
        Commit.page(id, worker, 1, 2, "\"2\"")
            .with(HeadChange.released(ExecutionStatus.WAITING, null, 1));
    assertThat(get(store.commit(List.of(left)))).containsExactly(Commit.Result.APPLIED);
    return id;
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void what_it_took_goes_to_the_next_worker(String database) throws SQLException {
    try (JdbcStore store = open(database)) {
      String id = due(store);
      String late = Steps.worker(store);
      ending.set(late);
      assertThat(get(store.claim(late, 10))).extracting(ExecutionRecord::id).containsExactly(id);
      assertThat(ended).hasValue(1);
      assertTakenOver(store, id, late);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void what_it_took_by_its_id_goes_to_the_next_worker(String database) throws SQLException {
    try (JdbcStore store = open(database)) {
      String id = due(store);
      String late = Steps.worker(store);
      ending.set(late);
      assertThat(get(store.claim(late, id))).isPresent();
      assertThat(ended).hasValue(1);
      assertTakenOver(store, id, late);
    }
  }

  private static void assertTakenOver(JdbcStore store, String id, String late) {
    assertThat(Steps.head(store, id).worker()).isEqualTo(late);
    String heir = Steps.worker(store);
    assertThat(get(store.claim(heir, 10))).extracting(ExecutionRecord::id).containsExactly(id);
    ExecutionRecord head = Steps.head(store, id);
    assertThat(head.worker()).isEqualTo(heir);
    assertThat(head.recoveries()).isEqualTo(1);
  }
}
