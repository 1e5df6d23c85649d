package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections belong to the host. */
final class ConnectionsTest {
  @TempDir static Path folder;

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("flowforge-jdbc"))
        .collect(Collectors.toSet());
  }

  @Test
  void a_pool_of_one_is_found_out() throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("one");
    Pool pool = new Pool(() -> DriverManager.getConnection(url), 1, true);
    try (JdbcStore store = JdbcStore.of(pool.dataSource())) {
      store.open();
      String id = Steps.created(store, Steps.worker(store));
      assertThat(Steps.head(store, id).position()).isEqualTo(1);
      assertThat(pool.taken()).isZero();
    } finally {
      pool.close();
    }
  }

  @Test
  void nothing_is_left_when_it_is_closed() throws SQLException {
    Set<Thread> before = threads();
    Pool pool = new Pool(() -> Postgres.connect("connections"), 8, false);
    JdbcStore store = JdbcStore.of(pool.dataSource());
    store.open();
    Steps.created(store, Steps.worker(store));
    get(store.now());
    assertThat(threads()).hasSizeGreaterThan(before.size());
    assertThat(pool.taken()).isBetween(1, 4);
    store.close();
    assertThat(before).containsAll(threads());
    assertThat(pool.taken()).isZero();
    assertThat(pool.complaint()).isNull();
    StoreException told = catchThrowableOfType(StoreException.class, () -> get(store.now()));
    assertThat(told.code()).isEqualTo("FF-STORE-CLOSED");
    pool.close();
  }

  @Test
  void settings_of_a_session_are_put_back() throws SQLException {
    Pool.Spare spare = new Pool.Spare(() -> Postgres.connect("settings"));
    Pool pool = new Pool(spare, 1, true);
    Map<String, String> before = settings(pool);
    JdbcStore store = JdbcStore.builder(pool.dataSource()).connections(1).build();
    store.open();
    Steps.created(store, Steps.worker(store));
    store.close();
    assertThat(settings(pool)).isEqualTo(before);
    spare.close();
  }

  @Test
  void no_answer_is_waited_for_without_end() throws SQLException {
    List<Connection> made = new CopyOnWriteArrayList<>();
    Pool pool =
        new Pool(
            () -> {
              Connection connection = Postgres.connect("patience");
              made.add(connection);
              return connection;
            },
            8,
            true);
    try (JdbcStore store = JdbcStore.of(pool.dataSource())) {
      store.open();
      Steps.created(store, Steps.worker(store));
      assertThat(timeouts(made)).contains(10_000);
    }
    assertThat(timeouts(made)).containsOnly(0);
    pool.close();
  }

  private static List<Integer> timeouts(List<Connection> connections) throws SQLException {
    List<Integer> timeouts = new ArrayList<>();
    for (Connection connection : connections) {
      timeouts.add(connection.getNetworkTimeout());
    }
    return timeouts;
  }

  @Test
  void commits_are_durable_though_the_host_says_otherwise() throws SQLException {
    try (Connection connection = Postgres.connect("weak");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE weak SET synchronous_commit = off");
      statement.execute("CREATE TABLE seen_setting (value text)");
      try (JdbcStore store = JdbcStore.at(Postgres.url("weak"))) {
        store.open();
        statement.execute(
            "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO"
                + " seen_setting VALUES (current_setting('synchronous_commit')); RETURN NEW;"
                + " END $$");
        statement.execute(
            "CREATE TRIGGER note BEFORE INSERT ON flowforge_page FOR EACH ROW EXECUTE FUNCTION"
                + " note()");
        Steps.created(store, Steps.worker(store));
      }
      try (ResultSet result = statement.executeQuery("SELECT value FROM seen_setting")) {
        assertThat(result.next()).isTrue();
        assertThat(result.getString(1)).isEqualTo("on");
      }
    }
  }

  private static Map<String, String> settings(Pool pool) throws SQLException {
    Map<String, String> settings = new LinkedHashMap<>();
    try (Connection connection = pool.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT name, setting FROM pg_settings ORDER BY name")) {
      while (result.next()) {
        settings.put(result.getString(1), result.getString(2));
      }
    }
    return settings;
  }
}
