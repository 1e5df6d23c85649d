package io.flowforge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.spi.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables are made once, whoever comes. */
final class SchemaTest {
  @TempDir static Path folder;

  private static String url(String database, String name) throws SQLException {
    return switch (database) {
      case "h2" -> "jdbc:h2:file:" + folder.resolve(name);
      case "postgresql" -> Postgres.url(name);
      case "mysql" -> MySql.url(name);
      default -> MariaDb.url(name);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void many_may_make_the_tables_at_once(String database) throws Exception {
    String url = url(database, "many");
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (Connection anchor = DriverManager.getConnection(url)) {
      List<Callable<Void>> openers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        openers.add(
            () -> {
              try (JdbcStore store = JdbcStore.at(url)) {
                store.open();
                Steps.created(store, Steps.worker(store));
              }
              return null;
            });
      }
      finish(threads.invokeAll(openers));
      assertThat(versions(anchor)).containsExactly(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void finish(List<Future<Void>> futures)
      throws InterruptedException, ExecutionException {
    for (Future<Void> future : futures) {
      future.get();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void what_is_there_stays(String database) throws SQLException {
    String url = url(database, "stays");
    String id;
    try (JdbcStore store = JdbcStore.at(url)) {
      store.open();
      id = Steps.created(store, Steps.worker(store));
    }
    try (JdbcStore store = JdbcStore.at(url)) {
      store.open();
      assertThat(Steps.pages(store, id)).containsExactly("\"1\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void tables_of_a_later_version_are_refused(String database) throws SQLException {
    String url = url(database, "later");
    try (JdbcStore store = JdbcStore.at(url)) {
      store.open();
    }
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO flowforge_schema (version, reached_at) VALUES (99, 0)");
    }
    try (JdbcStore store = JdbcStore.at(url)) {
      StoreException told = catchThrowableOfType(StoreException.class, store::open);
      assertThat(told.code()).isEqualTo("FF-STORE-SCHEMA");
      assertThat(told).hasMessageContaining("99");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb", "mysql"})
  void stores_with_other_names_do_not_see_each_other(String database) throws SQLException {
    String url = url(database, "named");
    Pool pool = new Pool(() -> DriverManager.getConnection(url), 20, true);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA other_place");
      try (JdbcStore one = JdbcStore.builder(pool.dataSource()).tablePrefix("a_").build();
          JdbcStore other =
              JdbcStore.builder(pool.dataSource())
                  .schema("other_place")
                  .tablePrefix("a_")
                  .build()) {
        one.open();
        other.open();
        String id = Steps.created(one, Steps.worker(one));
        assertThat(Steps.get(other.find(id))).isEmpty();
        Steps.created(other, Steps.worker(other));
      }
    } finally {
      pool.close();
    }
  }

  private static List<Integer> versions(Connection connection) throws SQLException {
    List<Integer> versions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT version FROM flowforge_schema")) {
      while (result.next()) {
        versions.add(result.getInt(1));
      }
    }
    return versions;
  }
}
