package io.flowforge.jdbc;

import static io.flowforge.jdbc.Steps.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.Durability;
import io.flowforge.spi.store.FencedException;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Lease;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.StoreException;
import io.flowforge.spi.store.StoreTraits;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is special about MySQL, whose own driver and MariaDB's both lead to it. */
final class MySqlTest {
  private static void run(String database, String... statements) throws SQLException {
    try (Connection connection = MySql.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String database(String name, MySql.Driver driver) {
    return name + "_" + driver.name().toLowerCase(Locale.ROOT);
  }

  private static Commit.Result write(JdbcStore store, Commit commit) {
    return get(store.commit(List.of(commit))).get(0);
  }

  private static StoreException refusal(String url) {
    try (JdbcStore store = JdbcStore.at(url)) {
      return catchThrowableOfType(StoreException.class, store::open);
    }
  }

  @ParameterizedTest
  @EnumSource(MySql.Driver.class)
  void it_survives_a_loss_of_power_and_serves_several_processes(MySql.Driver driver)
      throws SQLException {
    try (JdbcStore store = JdbcStore.at(MySql.url(driver, "traits"))) {
      StoreTraits traits = store.open();
      assertThat(traits.name()).isEqualTo("MySQL 8.0.12");
      assertThat(traits.durability()).isEqualTo(Durability.OS_CRASH);
      assertThat(traits.shared()).isTrue();
    }
  }

  /** The clock stands still, so that a renewal changes nothing; drivers count that differently. */
  @ParameterizedTest
  @CsvSource({"MYSQL, true", "MYSQL, false", "MARIADB, true", "MARIADB, false"})
  void a_lease_that_is_renewed_to_the_same_end_is_renewed(MySql.Driver driver, boolean affected)
      throws SQLException {
    String url = MySql.url(driver, "stands") + "&useAffectedRows=" + affected;
    Pool.ConnectionSource stopped =
        () -> {
          Connection connection = DriverManager.getConnection(url);
          try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION timestamp = 1800000000");
          }
          return connection;
        };
    try (Pool pool = new Pool(stopped, 2, true);
        JdbcStore store = JdbcStore.builder(pool.dataSource()).connections(1).build()) {
      store.open();
      String worker = "worker-" + UUID.randomUUID();
      Lease lease = get(store.enlist(worker, Steps.LEASE));
      assertThat(get(store.renew(worker, Steps.LEASE))).isEqualTo(lease);
      get(store.retire(worker));
      assertThatExceptionOfType(FencedException.class)
          .isThrownBy(() -> get(store.renew(worker, Steps.LEASE)));
    }
  }

  @ParameterizedTest
  @EnumSource(MySql.Driver.class)
  void a_writer_goes_on_while_its_sessions_are_ended(MySql.Driver driver) throws SQLException {
    String database = database("ended", driver);
    try (JdbcStore store = JdbcStore.at(MySql.url(driver, database))) {
      store.open();
      String worker = Steps.worker(store);
      String id = Steps.created(store, worker);
      List<String> expected = new ArrayList<>(List.of("\"1\""));
      for (long position = 2; position <= 6; position++) {
        cut(database);
        String page = "\"" + position + "\"";
        expected.add(page);
        assertThat(write(store, Commit.page(id, worker, 1, position, page)))
            .isEqualTo(Commit.Result.APPLIED);
      }
      assertThat(Steps.pages(store, id)).isEqualTo(expected);
    }
  }

  private static void cut(String database) throws SQLException {
    List<String> kills = new ArrayList<>();
    try (Connection connection = MySql.connect("cutter");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT id FROM information_schema.processlist WHERE db = '" + database + "'")) {
      while (result.next()) {
        kills.add("KILL " + result.getLong(1));
      }
    }
    run("cutter", kills.toArray(String[]::new));
  }

  /** Has the first so many inserts of pages by a session meet an error of the server. */
  private static void trap(String database, int times, String state, int number)
      throws SQLException {
    run(
        database,
        "CREATE TRIGGER trap BEFORE INSERT ON flowforge_page FOR EACH ROW BEGIN"
            + " SET @trapped = COALESCE(@trapped, 0) + 1; IF @trapped <= "
            + times
            + " THEN SIGNAL SQLSTATE '"
            + state
            + "' SET MYSQL_ERRNO = "
            + number
            + "; END IF; END");
  }

  @ParameterizedTest
  @EnumSource(MySql.Driver.class)
  void a_transaction_that_lost_against_another_is_made_again(MySql.Driver driver)
      throws SQLException {
    String database = database("lost", driver);
    try (JdbcStore store = JdbcStore.at(MySql.url(driver, database))) {
      store.open();
      String worker = Steps.worker(store);
      trap(database, 4, "40001", 1213);
      String id = Steps.created(store, worker);
      assertThat(Steps.pages(store, id)).containsExactly("\"1\"");
    }
  }

  @ParameterizedTest
  @EnumSource(MySql.Driver.class)
  void a_lock_that_is_not_had_in_time_is_told_as_busy(MySql.Driver driver) throws SQLException {
    String url = MySql.url(driver, database("waits", driver));
    try (JdbcStore store = JdbcStore.at(url);
        Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      store.open();
      String worker = Steps.worker(store);
      String id = Steps.created(store, worker);
      Commit step =
          Commit.page(id, worker, 1, 2, "\"2\"").with(HeadChange.to(ExecutionStatus.RUNNING, true));
      connection.setAutoCommit(false);
      statement.executeQuery("SELECT id FROM flowforge_execution FOR UPDATE");
      StoreException told = catchThrowableOfType(StoreException.class, () -> write(store, step));
      assertThat(told.kind()).isEqualTo(StoreException.Kind.TRANSIENT);
      assertThat(told.code()).isEqualTo("FF-STORE-UNAVAILABLE");
      connection.rollback();
      assertThat(write(store, step)).isEqualTo(Commit.Result.APPLIED);
      assertThat(Steps.pages(store, id)).containsExactly("\"1\"", "\"2\"");
    }
  }

  /** From MySQL 8.0.20 on what is sorted is refused when its texts are larger than a buffer. */
  @ParameterizedTest
  @EnumSource(MySql.Driver.class)
  void pages_and_messages_are_read_in_the_order_of_their_keys(MySql.Driver driver)
      throws SQLException {
    String url = MySql.url(driver, database("sorted", driver));
    try (Pool pool = new Pool(() -> DriverManager.getConnection(url), 1, true);
        JdbcStore store = JdbcStore.builder(pool.dataSource()).connections(1).build()) {
      store.open();
      String worker = Steps.worker(store);
      String id = Steps.created(store, worker);
      for (int number = 2; number <= 5; number++) {
        write(store, Commit.page(id, worker, 1, number, "\"" + number + "\""));
        get(store.send(id, new Message("m" + number, Message.Kind.SIGNAL, "news", "1")));
      }
      assertThat(Steps.pages(store, id)).hasSize(5);
      try (Connection connection = pool.dataSource().getConnection();
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SHOW SESSION STATUS LIKE 'Sort_rows'")) {
        result.next();
        assertThat(result.getLong(2)).isZero();
      }
    }
  }

  @Test
  void a_connection_that_cannot_carry_every_letter_is_refused() throws SQLException {
    StoreException told = refusal(MySql.url("letters") + "&characterEncoding=ISO-8859-1");
    assertThat(told.code()).isEqualTo("FF-STORE-SETTING");
    assertThat(told).hasMessageContaining("character_set_client").hasMessageContaining("utf8mb4");
  }

  @Test
  void a_mariadb_is_not_taken_for_a_mysql() throws SQLException {
    StoreException told = refusal(MariaDb.url("taken") + "&useMysqlMetadata=true");
    assertThat(told.code()).isEqualTo("FF-STORE-SERVER");
    assertThat(told).hasMessageContaining("MariaDB's own driver");
  }

  @ParameterizedTest
  @EnumSource(MySql.Driver.class)
  void a_user_needs_no_right_but_those_of_its_tables(MySql.Driver driver) throws SQLException {
    String database = database("rights", driver);
    String url = MySql.url(driver, database);
    String user = "flow_" + driver.name().toLowerCase(Locale.ROOT);
    run(
        database,
        "CREATE USER " + user + " IDENTIFIED BY 'secret'",
        "GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON " + database + ".* TO " + user);
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", "secret");
    // Without TLS a password goes over encrypted by a key that the server is asked for.
    login.setProperty("allowPublicKeyRetrieval", "true");
    try (JdbcStore store = JdbcStore.at(url.replace("user=root", "tcpKeepAlive=true"), login)) {
      store.open();
      String id = Steps.created(store, Steps.worker(store));
      assertThat(Steps.pages(store, id)).containsExactly("\"1\"");
    }
    login.setProperty("password", "wrong");
    try (JdbcStore store = JdbcStore.at(url.replace("user=root", "tcpKeepAlive=true"), login)) {
      assertThat(catchThrowableOfType(StoreException.class, store::open).code())
          .isEqualTo("FF-STORE-ACCESS");
    }
  }
}
