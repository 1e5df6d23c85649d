package io.flowforge.testkit;

import static io.flowforge.testkit.FlowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FlowForgeExtensionTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Flow THREE_DAYS =
      Flow.parse("nodes: {w: {type: wait, config: {duration: 3d}}}");

  @Nested
  @FlowForgeTest
  class Skipping {
    @Test
    void jumps_from_timer_to_timer_while_a_test_awaits(FlowForge forge, ManualTime time) {
      Flow flow =
          Flow.parse(
              """
              nodes:
                a: {type: wait, config: {duration: 1d}}
                b: {type: wait, config: {duration: 1h}}
                c: {type: wait, config: {duration: 1h}, dependsOn: [b]}
              """);
      assertThat(forge.start(flow, Map.of()).await(LIMIT))
          .isCompleted()
          .ranBefore("b", "c")
          .node("c")
          .took(Duration.ofHours(1));
      assertThat(time.now()).isEqualTo(ManualTime.START.plus(Duration.ofDays(1)));
    }

    @Test
    void lets_blocking_actions_finish_before_it_jumps(FlowForge forge) {
      Flow flow =
          Flow.parse(
              """
              nodes:
                slow: {type: fail, config: {message: x}, timeout: 5s,
                       retry: {maxAttempts: 3, strategy: fixed, delay: 10s, jitter: none}}
                other: {type: wait, config: {duration: 1h}}
              settings: {onError: finish-branches}
              """);
      assertThat(forge.start(flow, Map.of()).await(LIMIT))
          .failedWith("FF-FAIL")
          .node("slow")
          .ranTimes(3)
          .took(Duration.ofSeconds(20));
    }

    @Test
    void serves_batches_and_handles_found_by_id(FlowForge forge) {
      List<ExecutionResult> results =
          forge
              .startAll(THREE_DAYS, List.of(Map.of(), Map.of()), 1)
              .toCompletableFuture()
              .getNow(List.of());
      assertThat(results)
          .extracting(ExecutionResult::status)
          .containsOnly(ExecutionStatus.COMPLETED);
      Execution second = forge.start(THREE_DAYS, Map.of());
      assertThat(forge.execution(second.id()).orElseThrow().await(LIMIT)).isCompleted();
      assertThat(forge.executions()).hasSize(3);
    }

    @Test
    void gives_every_test_time_of_its_own(ManualTime time) {
      assertThat(time.now()).isEqualTo(ManualTime.START);
    }

    @Test
    void shows_failures_of_the_engine_as_they_are(FlowForge forge) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> forge.start("nix", Map.of()))
          .hasMessageContaining("nix");
    }
  }

  @Nested
  @FlowForgeTest(skipTime = false)
  class Standing {
    @Test
    void moves_only_when_told(FlowForge forge, ManualTime time) {
      Execution execution = forge.start(THREE_DAYS, Map.of());
      assertThat(execution).isWaiting();
      time.advance(Duration.ofDays(3).minusMillis(1));
      assertThat(execution).isWaiting();
      time.advance(Duration.ofMillis(1));
      assertThat(execution).isCompleted();
    }
  }

  @Nested
  class WithOptions {
    @RegisterExtension
    static final FlowForgeExtension FORGE =
        FlowForgeExtension.create()
            .with(builder -> builder.discoverPlugins(false))
            .withoutSkipping();

    @Test
    void takes_options_of_ones_own(FlowForge forge, ManualTime time) {
      Execution execution = forge.start(THREE_DAYS, Map.of());
      assertThat(execution).isWaiting();
      Instant due = execution.snapshot().wakeAt();
      time.advanceTo(due);
      assertThat(execution).isCompleted();
    }
  }
}
