package io.flowforge.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.Execution;
import io.flowforge.StartOptions;
import io.flowforge.StartOutcomeUnknownException;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A flow ends the same, whichever commit its process dies at: the same status, outputs and node
 * runs as without a crash, every effect with one key and one input.
 */
class RecoveryTest {
  static List<DurableFlows.Named> flows() {
    return DurableFlows.all();
  }

  @ParameterizedTest
  @MethodSource("flows")
  void endsTheSameWhateverCommitItsProcessDiesAt(DurableFlows.Named flow) {
    Story calm = run(flow.flow(), 0, FlakyStore.Fault.DIES_BEFORE);
    assertThat(calm.status()).isIn(ExecutionStatus.COMPLETED, ExecutionStatus.FAILED);
    for (FlakyStore.Fault fault : FlakyStore.Fault.values()) {
      for (int at = 1; at <= calm.commits(); at++) {
        Story story = run(flow.flow(), at, fault);
        String where = flow + ", " + fault + " at commit " + at + " of " + calm.commits();
        assertThat(story.landed()).as(where).isTrue();
        assertThat(story.state()).as(where).isEqualTo(calm.state());
        assertThat(story.keys().keySet()).as(where).isEqualTo(calm.keys().keySet());
        story
            .keys()
            .forEach(
                (key, lines) ->
                    assertThat(lines.stream().map(EffectLog.Line::input).distinct())
                        .as(where + ": inputs of " + lines)
                        .hasSize(1));
      }
    }
  }

  /** How a run went. */
  private record Story(
      ExecutionStatus status,
      List<Object> state,
      Map<String, List<EffectLog.Line>> keys,
      int commits,
      boolean landed) {}

  private static Story run(Flow flow, int at, FlakyStore.Fault fault) {
    try (World world = new World(DurableFlows.child())) {
      World.Member first = world.member();
      if (at > 0) {
        first.store.failCommit(at, fault);
      }
      Execution execution = start(first, flow);
      World.Member last = first;
      for (int turn = 0; turn < 160 && !(execution != null && world.isOver("e1")); turn++) {
        if (last.isDead()) {
          last = world.member();
          execution = null;
        }
        if (execution == null) {
          execution = start(last, flow);
        }
        world.time.advance(turn == 60 ? Duration.ofHours(3) : Duration.ofSeconds(1));
      }
      // A commit that was answered in vain is asked for again after a while.
      world.time.advance(Duration.ofSeconds(5));
      if (last.isDead()) {
        execution = start(world.member(), flow);
      }
      ExecutionSnapshot snapshot = Objects.requireNonNull(execution).snapshot();
      return new Story(
          snapshot.status(),
          DurableFlows.state(snapshot),
          world.effects.byKey(),
          first.store.commits(),
          first.store.hasLanded());
    }
  }

  private static @Nullable Execution start(World.Member member, Flow flow) {
    StartOptions options = StartOptions.DEFAULT.withExecutionId("e1");
    try {
      return member.forge.start(flow, Map.of("n", 1), options);
    } catch (StartOutcomeUnknownException unknown) {
      return null;
    }
  }
}
