package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.BulkResult;
import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.ImportOptions;
import io.flowforge.MigrationPlan;
import io.flowforge.Retention;
import io.flowforge.execution.DeadLetter;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.LogLevel;
import io.flowforge.execution.LogLine;
import io.flowforge.execution.LogQuery;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Problem;
import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.store.ExecutionQuery;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.testkit.RecordedRun;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
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
          forge
              .operations()
              .list(ExecutionQuery.NEWEST.withStatuses(Set.of(ExecutionStatus.FAILED)));
      Execution again = forge.operations().retry(failed.get(0).id());

      assertThat(failed).hasSize(1);
      assertThat(again.await(LONG).status()).isEqualTo(ExecutionStatus.FAILED);
      assertThat(again.id()).isEqualTo(failed.get(0).id() + "~2");
      assertThat(again.snapshot().node("a").orElseThrow().output()).isEqualTo(Map.of("n", 1));
    }
  }

  @Test
  void operators_look_at_logs_and_deal_with_what_failed(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("executions");
    try (FlowForge forge = FlowForge.builder().store(JdbcStore.at(url)).build()) {
      Flow flow =
          Flow.parse(
              """
              id: charges
              nodes:
                charge: {type: log, config: {message: "over the limit", level: warn}}
                end: {type: fail, dependsOn: [charge]}
              """);
      String id = forge.start(flow, Map.of()).id();
      forge.execution(id).orElseThrow().await(LONG);
      List<LogLine> warnings =
          forge.operations().logs(id, LogQuery.ALL.withNode("charge").withMinLevel(LogLevel.WARN));
      assertThat(warnings).extracting(LogLine::message).containsExactly("over the limit");

      for (DeadLetter letter : forge.operations().deadLetters(ExecutionQuery.NEWEST)) {
        System.out.println(letter.id() + " " + letter.reason() + " at " + letter.node());
      }
      ExecutionQuery query = ExecutionQuery.NEWEST.withStatuses(Set.of(ExecutionStatus.FAILED));
      while (query != null) {
        BulkResult page = forge.operations().retryAll("outage-of-july", query);
        query = page.next();
      }
      forge.execution(id + "~outage-of-july").orElseThrow().await(LONG);
      assertThat(forge.operations().deadLetters(ExecutionQuery.NEWEST))
          .extracting(DeadLetter::id)
          .containsExactly(id + "~outage-of-july");
    }
  }

  @Test
  void a_paused_execution_goes_on_with_other_variables(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("executions");
    try (FlowForge forge = FlowForge.builder().store(JdbcStore.at(url)).build()) {
      Flow flow =
          Flow.parse(
              """
              id: limits
              variables: {limit: 1}
              nodes:
                ask: {type: wait-for-event, config: {event: go}}
                end: {type: echo, dependsOn: [ask]}
              outputs: {limit: "${vars.limit}"}
              """);
      Execution execution = forge.start(flow, Map.of());
      execution.pause();
      forge.operations().setVariables(execution.id(), Map.of("limit", 500));
      execution.resume();
      execution.signal("go", null);
      assertThat(execution.await(LONG).outputs()).containsEntry("limit", 500);
    }
  }

  private static final String LIMITS =
      """
      id: limits
      variables: {limit: 1}
      nodes:
        ask: {type: wait-for-event, config: {event: go}}
        end: {type: log, dependsOn: [ask], config: {message: "${string(vars.limit)}"}}
      outputs: {limit: "${vars.limit}"}
      """;

  @Test
  void a_paused_execution_moves_to_another_version(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("executions");
    try (FlowForge forge = FlowForge.builder().store(JdbcStore.at(url)).build()) {
      Flow newVersion = Flow.parse(LIMITS.replace("${vars.limit}", "${vars.limit + 1}"));
      Execution execution = forge.start(Flow.parse(LIMITS), Map.of());
      execution.pause();
      forge.operations().migrate(execution.id(), newVersion);
      execution.resume();
      execution.signal("go", null);
      assertThat(execution.await(LONG).outputs()).containsEntry("limit", 2);
    }
  }

  @Test
  void a_migration_is_planned(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("executions");
    try (FlowForge forge = FlowForge.builder().store(JdbcStore.at(url)).build()) {
      Flow newVersion = Flow.parse(LIMITS.replace("string(", "'limit ' + string("));
      Execution execution = forge.start(Flow.parse(LIMITS), Map.of());
      execution.pause();
      MigrationPlan plan = forge.operations().planMigration(execution.id(), newVersion);
      for (Problem problem : plan.problems()) {
        System.out.println(problem);
      }
      assertThat(plan.isAllowed()).isTrue();
      assertThat(plan.nodes().changed()).contains("end");
    }
  }

  private static final String CHARGE =
      """
      id: charge
      nodes:
        a: {type: echo, config: {v: %s}}
      """;

  @Test
  void a_recorded_run_has_sub_flows(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("executions");
    try (FlowForge forge = FlowForge.builder().store(JdbcStore.at(url)).build()) {
      Flow newCharge = Flow.parse(CHARGE.formatted("paid"));
      Flow flow =
          Flow.parse(
              """
              id: order
              nodes:
                charge: {type: subflow, config: {flow: charge}}
              """);
      forge.register(newCharge);
      Execution execution = forge.start(flow, Map.of());
      execution.await(LONG);
      String document = forge.operations().export(execution.id());
      String chargeDocument = forge.operations().export(execution.id() + ".charge");
      RecordedRun run = RecordedRun.of(document).withSubflows(chargeDocument);
      run.verify(flow, newCharge);
      Flow other = Flow.parse(CHARGE.formatted("owed"));
      assertThatThrownBy(() -> run.verify(flow, other))
          .hasMessageContaining(execution.id() + ".charge");
    }
  }

  @Test
  void an_exported_execution_is_imported_and_run_again(@TempDir Path folder) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("executions");
    FlowForge tidy =
        FlowForge.builder()
            .store(JdbcStore.at(url))
            .retention(
                Retention.of(ExecutionStatus.COMPLETED, Duration.ofDays(30))
                    .with(ExecutionStatus.FAILED, Duration.ofDays(365)))
            .build();
    String elsewhere = "jdbc:h2:file:" + folder.resolve("others");
    FlowForge other = FlowForge.builder().store(JdbcStore.at(elsewhere)).build();
    try (FlowForge forge = tidy;
        other) {
      Flow flow = Flow.parse(LIMITS);
      Execution execution = forge.start(flow, Map.of());
      String id = execution.id();
      execution.signal("go", "now");
      execution.await(LONG);
      String document = forge.operations().export(id);
      Execution copy = other.operations().importExecution(document);
      assertThat(copy.snapshot().outputs()).isEqualTo(execution.snapshot().outputs());
      assertThat(forge.health().facts()).containsEntry("retentionDeleted", 0L);
      RecordedRun.of(document).verify(flow);
      other.operations().purge(Set.of(ExecutionStatus.COMPLETED), Duration.ZERO);
      Path file = folder.resolve("execution.zip");
      try (OutputStream archive = Files.newOutputStream(file)) {
        forge.operations().export(id, archive);
      }
      try (InputStream archive = Files.newInputStream(file)) {
        other.operations().importExecution(archive, ImportOptions.DEFAULT);
      }
      assertThat(other.execution(id)).isPresent();
    }
  }
}
