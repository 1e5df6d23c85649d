package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.NewExecution;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/stores.md. */
class JdbcStoreTest {
  @Test
  void a_store_is_made_without_connecting() {
    JdbcDataSource dataSource = new JdbcDataSource();

    FlowStore shared = JdbcStore.of(dataSource);
    FlowStore tuned =
        JdbcStore.builder(dataSource).schema("flows").tablePrefix("orders_").connections(6).build();
    FlowStore alone = JdbcStore.at("jdbc:h2:file:./flows");

    for (FlowStore store : List.of(shared, tuned, alone)) {
      store.close();
    }
    assertThat(Path.of("flows.mv.db")).doesNotExist();
  }

  @Test
  void an_order_and_its_flow_are_saved_together_or_not_at_all(@TempDir Path folder)
      throws SQLException {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:file:" + folder.resolve("shop"));
    JdbcStore store = JdbcStore.of(dataSource);
    Flow flow =
        Flow.parse(
            """
            {"id": "order", "nodes": {"a": {"type": "output", "config": {"output": "${inputs.order}"}}}}
            """);
    try (FlowForge forge =
            FlowForge.builder().store(store).scanInterval(Duration.ofMillis(50)).build();
        Connection connection = dataSource.getConnection()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE orders (id INT PRIMARY KEY)");
      }
      NewExecution lost = forge.prepare(flow, Map.of("order", 6), StartOptions.DEFAULT);
      connection.setAutoCommit(false);
      saveOrder(connection, 6);
      store.create(connection, lost);
      connection.rollback();
      connection.setAutoCommit(true);

      NewExecution execution = forge.prepare(flow, Map.of("order", 7), StartOptions.DEFAULT);
      connection.setAutoCommit(false);
      saveOrder(connection, 7);
      store.create(connection, execution);
      connection.commit();

      ExecutionResult result =
          forge.execution(execution.id()).orElseThrow().await(Duration.ofSeconds(30));
      assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(result.outputs()).isEqualTo(Map.of("a", 7));
      assertThat(forge.execution(lost.id())).isEmpty();
    }
  }

  private static void saveOrder(Connection connection, int order) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
      insert.setInt(1, order);
      insert.executeUpdate();
    }
  }
}
