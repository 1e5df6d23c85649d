package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.StartOptions;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that repeat what was not acknowledged, with the same id. */
class MessageIdsTest {
  private static final Flow TWICE =
      Flow.parse(
          """
          {"id": "twice", "nodes": [
            {"id": "one", "type": "wait-for-event", "config": {"event": "paid", "correlation": "c"}},
            {"id": "two", "type": "wait-for-event", "config": {"event": "paid", "correlation": "c"}}],
           "edges": [{"from": "one", "to": "two"}],
           "outputs": {"one": "${one.output}", "two": "${two.output}"}}
          """);

  private final World world = new World(TWICE);

  @AfterEach
  void close() {
    world.close();
  }

  private FlowForge forge(boolean stored) {
    return stored
        ? world.member().forge
        : FlowForge.builder()
            .discoverPlugins(false)
            .time(world.time)
            .executor(world.time.executor())
            .build();
  }

  private static Execution start(FlowForge forge) {
    return forge.start(TWICE, Map.of(), StartOptions.DEFAULT.withExecutionId("x"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_signal_counts_once_for_its_id(boolean stored) {
    FlowForge forge = forge(stored);
    Execution execution = start(forge);
    assertThat(execution.signal("paid", 1, "m1")).isTrue();
    world.time.settle();
    assertThat(execution.signal("paid", 1, "m1")).isFalse();
    world.time.settle();
    assertThat(execution.status()).isEqualTo(ExecutionStatus.WAITING);
    assertThat(execution.signal("paid", 2, "m2")).isTrue();
    world.time.settle();
    assertThat(execution.snapshot().outputs()).isEqualTo(Map.of("one", 1, "two", 2));
    // The sender of a message that was taken is told so after the end as well.
    assertThat(execution.signal("paid", 2, "m2")).isFalse();
    assertThatThrownBy(() -> execution.signal("paid", 3, "m3"))
        .extracting("code")
        .isEqualTo("FF-SIGNAL-FINAL");
    assertThatThrownBy(() -> execution.signal("paid", 3, " "))
        .extracting("code")
        .isEqualTo("FF-MESSAGE-ID");
    forge.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_event_counts_once_for_its_id(boolean stored) {
    FlowForge forge = forge(stored);
    Execution execution = start(forge);
    world.time.settle();
    assertThat(forge.publish("paid", "c", 1, "e1")).isEqualTo(1);
    world.time.settle();
    assertThat(forge.publish("paid", "c", 1, "e1")).isEqualTo(1);
    world.time.settle();
    assertThat(execution.status()).isEqualTo(ExecutionStatus.WAITING);
    forge.publish("paid", "c", 2, "e2");
    world.time.settle();
    assertThat(execution.snapshot().outputs()).isEqualTo(Map.of("one", 1, "two", 2));
    assertThat(forge.publish("paid", "c", 9, "early")).isZero();
    assertThat(forge.publish("paid", "c", 9, "early")).isZero();
    forge.close();
  }

  @Test
  void ids_are_known_to_the_next_process() {
    World.Member first = world.member();
    start(first.forge).signal("paid", 1, "m1");
    first.kill();
    World.Member second = world.member();
    Execution execution = second.forge.execution("x").orElseThrow();
    assertThat(execution.signal("paid", 1, "m1")).isFalse();
  }
}
