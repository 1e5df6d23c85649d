package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Keeping executions" of the user guide. */
class KeepingTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void what_failed_in_one_process_is_found_and_retried_in_the_next(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("executions");
    try (FlowForge forge = FlowForge.builder().store(JdbcStore.at(url)).build()) {
      Flow flow =
          Flow.parse(
              """
              {"id": "broken", "nodes": {"a": {"type": "echo"}, "b": {"type": "fail", "dependsOn": ["a"]}}}
              """);
      assertThat(forge.start(flow, Map.of("n", 1)).await(LONG).status())
          .isEqualTo(ExecutionStatus.FAILED);
    }
    FlowForge forge = FlowForge.builder().store(JdbcStore.at(url)).build();
    try (forge) {
      List<ExecutionRecord> failed =
          forge.list(ExecutionQuery.NEWEST.withStatuses(Set.of(ExecutionStatus.FAILED)));
      Execution again = forge.retry(failed.get(0).id());

      assertThat(failed).hasSize(1);
      assertThat(again.await(LONG).status()).isEqualTo(ExecutionStatus.FAILED);
      assertThat(again.id()).isEqualTo(failed.get(0).id() + "~2");
      assertThat(again.snapshot().node("a").orElseThrow().output()).isEqualTo(Map.of("n", 1));
    }
  }
}
