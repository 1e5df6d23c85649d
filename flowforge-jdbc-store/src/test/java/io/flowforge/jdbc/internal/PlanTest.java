package io.flowforge.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.jdbc.JdbcStore;
import io.flowforge.jdbc.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked often is looked up, however many executions there are. */
final class PlanTest {
  private static final int MANY = 20_000;

  @BeforeAll
  static void fill() throws SQLException {
    try (JdbcStore store = JdbcStore.at(Postgres.url("plans"))) {
      store.open();
    }
    try (Connection connection = Postgres.connect("plans");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO flowforge_execution SELECT 'e' || n, 'f' || n % 1000, 'h', 't' || n % 1000,"
              + " '{}', '{}', 'WAITING', NULL, NULL, 1, 0, 0, 0, n, n, 0"
              + " FROM generate_series(1, "
              + MANY
              + ") AS s (n)");
      statement.execute(
          "INSERT INTO flowforge_page SELECT 'e' || n, 1, 1, 'w', '1'"
              + " FROM generate_series(1, "
              + MANY
              + ") AS s (n)");
      statement.execute("ANALYZE");
    }
  }

  private static String plan(String text, Object... arguments) throws SQLException {
    Sql sql = new Sql(new PostgresDialect("plans"), "", "flowforge_");
    try (Connection connection = Postgres.connect("plans");
        Session session = Session.open(sql, connection, Duration.ofMinutes(1));
        Statement statement = session.connection().createStatement()) {
      // As ordinary sessions have it: the index must win by itself.
      statement.execute("SET enable_seqscan = on");
      return String.join("\n", session.query("EXPLAIN " + text, row -> row.text(1), arguments));
    }
  }

  @Test
  void a_claim_looks_up_what_is_due() throws SQLException {
    assertThat(plan(Dialect.DUE, 10)).contains("flowforge_execution_claim").doesNotContain("Seq");
  }

  @Test
  void a_list_is_read_in_order() throws SQLException {
    String text =
        "SELECT e.id FROM {execution} e WHERE %s ORDER BY e.started DESC, e.id DESC LIMIT ?";
    assertThat(plan(text.formatted("1 = 1"), 10))
        .contains("flowforge_execution_started")
        .doesNotContain("Sort", "Seq");
    assertThat(plan(text.formatted("e.flow_id = 'f1'"), 10))
        .contains("flowforge_execution_flow")
        .doesNotContain("Sort", "Seq");
    assertThat(plan(text.formatted("e.tenant = 't1'"), 10))
        .contains("flowforge_execution_tenant")
        .doesNotContain("Sort", "Seq");
  }

  @Test
  void the_end_of_a_journal_is_looked_up() throws SQLException {
    assertThat(plan("SELECT {head} FROM {execution} e WHERE e.id = ?", "e7"))
        .contains("flowforge_page_pkey", "Limit")
        .doesNotContain("Seq");
  }
}
