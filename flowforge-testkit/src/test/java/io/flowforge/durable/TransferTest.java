package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.Operations;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.LogQuery;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executions that go from one store to another as documents. */
class TransferTest {
  private static final Flow FLOW =
      Flow.parse(
          """
          {"id": "moves", "variables": {"v": 1.50}, "nodes": [
            {"id": "l", "type": "log", "config": {"message": "began"}},
            {"id": "a", "type": "effect", "config": {"value": "${inputs.n}"}},
            {"id": "e", "type": "wait-for-event", "config": {"event": "go", "correlation": "7"}},
            {"id": "b", "type": "effect", "config": {"value": "${e.output}"}}],
           "edges": [{"from": "l", "to": "a"}, {"from": "a", "to": "e"}, {"from": "e", "to": "b"}],
           "outputs": {"b": "${b.output.did}", "v": "${vars.v}"}}
          """);

  private final World here = new World(FLOW);
  private final World there = new World();

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private static void pass(World world, long seconds) {
    for (int i = 0; i < seconds; i++) {
      world.time.advance(Duration.ofSeconds(1));
    }
  }

  private static Execution on(World.Member member, String id) {
    return member.forge.execution(id).orElseThrow();
  }

  private World.Member started(String id) {
    World.Member member = here.member();
    StartOptions options =
        StartOptions.DEFAULT.withExecutionId(id).withTenant("t").withAttributes(Map.of("k", "ü"));
    member.forge.start(FLOW, Map.of("n", 12.340), options);
    pass(here, 6);
    return member;
  }

  @Test
  void an_ended_execution_comes_as_it_is() {
    World.Member from = started("x");
    from.forge.forTenant("t").publish("go", "7", "paid");
    pass(here, 6);
    String document = from.forge.operations().export("x");
    World.Member to = there.member();
    Execution arrived = to.forge.operations().importExecution(document);
    assertThat(arrived.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(arrived.snapshot().outputs()).isEqualTo(on(from, "x").snapshot().outputs());
    assertThat(arrived.snapshot().nodes()).isEqualTo(on(from, "x").snapshot().nodes());
    assertThat(to.forge.operations().logs("x", LogQuery.ALL))
        .isEqualTo(from.forge.operations().logs("x", LogQuery.ALL))
        .hasSize(1);
    pass(there, 60);
    assertThat(there.effects.lines()).isEmpty();
    assertThatThrownBy(() -> to.forge.operations().importExecution(document))
        .extracting("code")
        .isEqualTo("FF-IMPORT-EXISTS");
    assertThat(to.forge.operations().export("x").length()).isPositive();
  }

  @Test
  void an_unfinished_execution_waits_for_its_event_where_it_was_brought() {
    World.Member from = started("x");
    String document = from.forge.operations().export("x");
    World.Member to = there.member();
    Execution arrived = to.forge.operations().importExecution(document);
    assertThat(arrived.status()).isEqualTo(ExecutionStatus.PARKED);
    pass(there, 60);
    assertThat(to.forge.operations().deadLetters(io.flowforge.spi.store.ExecutionQuery.NEWEST))
        .extracting("reason")
        .containsExactly("IMPORTED");
    to.forge.operations().unpark("x");
    pass(there, 6);
    assertThat(to.forge.forTenant("t").publish("go", "7", "paid")).isEqualTo(1);
    pass(there, 6);
    assertThat(on(to, "x").snapshot().outputs()).containsEntry("b", "paid");
    assertThat(there.effects.lines()).extracting(EffectLog.Line::path).containsExactly("b");
  }

  @Test
  void what_lay_unread_is_heard_and_another_id_keeps_the_keys() {
    World.Member from = started("x");
    from.kill();
    World.Member looker = here.bystander();
    on(looker, "x").signal("go", "early");
    String document = looker.forge.operations().export("x");
    World.Member to = there.member();
    to.forge.operations().importExecution(document, "y");
    to.forge.operations().unpark("y");
    pass(there, 6);
    assertThat(on(to, "y").snapshot().outputs()).containsEntry("b", "early");
    World.Member last = here.member();
    pass(here, 60);
    assertThat(on(last, "x").status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(there.effects.lines().get(0).key())
        .isEqualTo(here.effects.lines().get(here.effects.lines().size() - 1).key());
  }

  @Test
  void what_was_changed_or_is_not_understood_is_refused() {
    World.Member from = started("x");
    String document = from.forge.operations().export("x");
    Operations operations = there.member().forge.operations();
    for (Map.Entry<String, String> one :
        Map.of(
                document.replace("\"did\":12.34", "\"did\":99"),
                "FF-IMPORT-DIGEST",
                document.replace("\"version\":1", "\"version\":2"),
                "FF-IMPORT-VERSION",
                document.replace("flowforge-execution", "other"),
                "FF-IMPORT-FORMAT",
                "[]",
                "FF-IMPORT-FORMAT")
            .entrySet()) {
      assertThat(one.getKey()).isNotEqualTo(document);
      assertThatThrownBy(() -> operations.importExecution(one.getKey()))
          .extracting("code")
          .isEqualTo(one.getValue());
    }
    assertThatThrownBy(() -> operations.importExecution(" ".repeat((64 << 20) + 1)))
        .extracting("code")
        .isEqualTo("FF-IMPORT-SIZE");
  }
}
