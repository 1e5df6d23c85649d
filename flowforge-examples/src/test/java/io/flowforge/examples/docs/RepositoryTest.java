package io.flowforge.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.FlowRepository;
import io.flowforge.FlowVersion;
import io.flowforge.SaveOptions;
import io.flowforge.flow.Flow;
import io.flowforge.jdbc.JdbcStore;
import io.flowforge.spi.AuditEntry;
import io.flowforge.spi.AuditQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Flow repository" and "Tenants and actors" of the user guide. */
class RepositoryTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Map<String, Object> inputs = Map.of("name", "Ann");

  private static Flow greeting(String word) {
    return Flow.parse(
        """
        {"id": "hello", "nodes": [{"id": "a", "type": "echo"}],
         "outputs": {"text": "%s ${inputs.name}"}}
        """
            .formatted(word));
  }

  private static Object text(Execution execution) {
    return execution.await(LONG).outputs().get("text");
  }

  @Test
  void a_saved_flow_is_started_by_its_id_and_rolled_back() {
    Flow flow = greeting("Hello");
    Flow changed = greeting("Dear");
    try (FlowForge forge = FlowForge.create()) {
      FlowRepository flows = forge.flows();
      FlowVersion first = flows.save(flow, SaveOptions.DEFAULT.withNote("first draft"));
      FlowVersion second = flows.save(changed, SaveOptions.DEFAULT.basedOn(first));
      Execution execution = forge.start("hello", inputs);
      flows.rollback("hello", first.number());

      assertThat(second.number()).isEqualTo(2);
      assertThat(text(execution)).isEqualTo("Dear Ann");
      assertThat(text(forge.start("hello", inputs))).isEqualTo("Hello Ann");
    }
  }

  @Test
  void a_view_belongs_to_a_tenant_and_acts_in_a_name(@TempDir Path folder) {
    Flow flow = greeting("Hello");
    String url = "jdbc:h2:file:" + folder.resolve("executions");
    try (FlowForge forge = FlowForge.builder().store(JdbcStore.at(url)).build()) {
      FlowForge view = forge.forTenant("acme").as("user:ann");
      Execution own = view.start(flow, inputs);
      view.flows().save(flow);
      List<AuditEntry> entries = forge.audit(AuditQuery.ALL.withActor("user:ann"));

      assertThat(text(own)).isEqualTo("Hello Ann");
      assertThat(forge.forTenant("other").execution(own.id())).isEmpty();
      assertThat(entries).extracting(AuditEntry::action).containsExactly("flow.save");
      assertThat(entries.get(0).tenant()).isEqualTo("acme");
    }
  }
}
