package io.flowforge.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.jdbc.JdbcStore;
import io.flowforge.jdbc.MySql;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions on MySQL and how they are come by. */
final class MySqlSessionTest {
  private static List<String> settings(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT @@transaction_isolation, @@sql_mode, @@innodb_lock_wait_timeout,"
                    + " @@wait_timeout, @@sort_buffer_size")) {
      result.next();
      List<String> settings = new ArrayList<>();
      for (int column = 1; column <= 5; column++) {
        settings.add(result.getString(column));
      }
      return settings;
    }
  }

  @ParameterizedTest
  @EnumSource(MySql.Driver.class)
  void it_is_strict_and_impatient_while_it_is_used(MySql.Driver driver) throws SQLException {
    try (Connection connection = DriverManager.getConnection(MySql.url(driver, "session"));
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION sql_mode = '', wait_timeout = 77");
      List<String> before = settings(connection);
      Dialect.Undo undo = new MySqlDialect("scope").adjust(connection);
      List<String> meanwhile = settings(connection);
      assertThat(meanwhile.get(0)).isEqualTo("READ-COMMITTED");
      assertThat(meanwhile.get(1)).contains("STRICT_ALL_TABLES");
      assertThat(meanwhile.subList(2, 5)).containsExactly("5", "30", "67108864");
      undo.run();
      assertThat(settings(connection)).isEqualTo(before).contains("77");
    }
  }

  @Test
  void an_idle_one_is_given_back_before_the_server_ends_it() {
    MySqlDialect dialect = new MySqlDialect("scope");
    assertThat(dialect.keep(Duration.ofMinutes(5))).isLessThan(Duration.ofSeconds(15));
    assertThat(dialect.keep(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(new MariaDbDialect("scope").keep(Duration.ofMinutes(5))).hasMinutes(5);
  }

  @Test
  void without_a_driver_of_its_own_mariadbs_is_taken() throws SQLException {
    String url = MySql.url("drivers");
    Driver own = DriverManager.getDriver(url);
    DriverManager.deregisterDriver(own);
    try (JdbcStore store = JdbcStore.at(url)) {
      assertThat(store.open().name()).startsWith("MySQL 8");
      try (Connection connection = new Own(url, new java.util.Properties()).getConnection()) {
        assertThat(connection.getMetaData().getDriverName()).contains("MariaDB");
      }
    } finally {
      DriverManager.registerDriver(own);
    }
  }
}
