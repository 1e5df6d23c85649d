package io.flowforge.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes that an expression chooses while it runs. */
final class ChosenNodeTest {

  private static final String FLOW =
      """
      {"id": "f",
       "nodes": [
         {"id": "root", "type": "echo", "config": {"v": 1}},
         {"id": "aside", "type": "echo", "config": {"v": 2}},
         {"id": "late", "type": "echo", "config": {
           "up": "${nodes['ro' + 'ot'].output.v}",
           "aside": "${nodes['asi' + 'de']}",
           "unknown": "${nodes['no' + 'ne']}"}}],
       "edges": [{"from": "root", "to": "aside"}, {"from": "root", "to": "late"}],
       "outputs": {"late": "${late.output}", "all": "${nodes['asi' + 'de'].output.v}"}}
      """;

  @Test
  void a_node_upstream_can_be_chosen_and_every_other_is_null_whether_it_has_run_or_not() {
    try (FlowForge forge = FlowForge.create()) {
      ExecutionResult result =
          forge.start(Flow.parse(FLOW), Map.of()).await(Duration.ofSeconds(30));
      assertThat(result.outputs()).containsEntry("all", 2);
      assertThat((Map<?, ?>) result.outputs().get("late"))
          .hasToString("{up=1, aside=null, unknown=null}");
    }
  }
}
