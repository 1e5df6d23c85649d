package io.flowforge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes come to an empty database at the same moment. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TwoProcessesTest {
  private static final int ROUNDS = 4;
  private static OpenerProcess one;
  private static OpenerProcess other;

  @BeforeAll
  static void start() throws IOException {
    one = new OpenerProcess();
    other = new OpenerProcess();
  }

  @AfterAll
  static void end() {
    one.close();
    other.close();
  }

  private static String url(String database, String name) throws SQLException {
    return switch (database) {
      case "mysql" -> MySql.url(name);
      case "mariadb" -> MariaDb.url(name);
      default -> Postgres.url(name);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
  void both_come_up_and_the_tables_are_made_once(String database) throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      String url = url(database, "empty" + round);
      // Neither is late because it has yet to load the driver.
      tellBoth(url);
      assertThat(answers()).containsExactly("connected", "connected");
      tellBoth("open " + url);
      List<String> executions = answers();
      assertThat(executions).allMatch(id -> id.startsWith("execution-"));
      assertThat(numbers(url, "SELECT version FROM flowforge_schema")).isEqualTo("1");
      assertThat(numbers(url, "SELECT COUNT(*), MIN(number), MAX(number) FROM flowforge_slot"))
          .isEqualTo("64 0 63");
      try (JdbcStore store = JdbcStore.at(url)) {
        store.open();
        executions.forEach(id -> assertThat(Steps.pages(store, id)).containsExactly("\"1\""));
      }
    }
  }

  private static void tellBoth(String line) throws IOException {
    one.tell(line);
    other.tell(line);
  }

  private static List<String> answers() throws IOException {
    return List.of(String.valueOf(one.answer()), String.valueOf(other.answer()));
  }

  /** All columns of all rows. */
  private static String numbers(String url, String question) throws SQLException {
    StringBuilder numbers = new StringBuilder();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(question)) {
      while (result.next()) {
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          numbers.append(numbers.isEmpty() ? "" : " ").append(result.getLong(column));
        }
      }
    }
    return numbers.toString();
  }
}
