package io.flowforge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowforge.ExecutionResult;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Edge;
import io.flowforge.flow.FailureMode;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Settings;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties that hold for every flow, tried on many made by chance; a failure names its seed. */
class RandomFlowsTest {
  private static final int FLOWS = 200;
  private static final Settings FINISH = Settings.DEFAULT.withOnError(FailureMode.FINISH_BRANCHES);

  private static ExecutionResult run(long seed, RandomFlow.Style style, Settings settings) {
    try (Lab lab = Lab.create()) {
      RandomFlow random = RandomFlow.of(seed, style, settings);
      random.script(lab, style);
      return lab.run(random.flow(), Map.of());
    }
  }

  private static boolean isValid(long seed) {
    try (Lab lab = Lab.create()) {
      return lab.forge
          .validate(RandomFlow.of(seed, RandomFlow.Style.INLINE, FINISH).flow())
          .isEmpty();
    }
  }

  private static Map<String, NodeStatus> statuses(ExecutionResult result) {
    Map<String, NodeStatus> found = new TreeMap<>();
    result.snapshot().nodes().forEach(node -> found.put(node.path(), node.status()));
    return found;
  }

  @ParameterizedTest
  @EnumSource
  void every_node_ends_as_the_reference_model_says(RandomFlow.Style style) {
    int tried = 0;
    for (long seed = 0; seed < FLOWS; seed++) {
      if (isValid(seed)) {
        ExecutionResult result = run(seed, style, FINISH);
        ReferenceModel model = ReferenceModel.of(RandomFlow.of(seed, style, FINISH));
        assertThat(statuses(result)).as("seed " + seed).isEqualTo(model.statuses());
        assertThat(result.status())
            .as("seed " + seed)
            .isEqualTo(model.failed ? ExecutionStatus.FAILED : ExecutionStatus.COMPLETED);
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(FLOWS / 2);
  }

  @ParameterizedTest
  @EnumSource
  void a_limit_of_parallel_nodes_changes_no_result(RandomFlow.Style style) {
    for (long seed = 0; seed < FLOWS / 4; seed++) {
      if (isValid(seed)) {
        ExecutionResult result = run(seed, style, FINISH.withMaxParallelism(1));
        ReferenceModel model = ReferenceModel.of(RandomFlow.of(seed, style, FINISH));
        assertThat(statuses(result)).as("seed " + seed).isEqualTo(model.statuses());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_node_starts_before_those_whose_edges_it_was_started_by(RandomFlow.Style style) {
    for (long seed = 0; seed < FLOWS; seed++) {
      if (isValid(seed)) {
        ExecutionResult result = run(seed, style, FINISH);
        for (NodeSnapshot node : result.snapshot().nodes()) {
          if (node.status() == NodeStatus.COMPLETED) {
            assertStartedAfterOneOfItsSources(seed, result, node);
          }
        }
      }
    }
  }

  private static void assertStartedAfterOneOfItsSources(
      long seed, ExecutionResult result, NodeSnapshot node) {
    Flow flow = result.snapshot().flow();
    boolean entry = flow.edges().stream().noneMatch(edge -> edge.to().equals(node.path()));
    assertThat(
            entry
                || flow.edges().stream()
                    .filter(edge -> edge.to().equals(node.path()))
                    .map(Edge::from)
                    .map(from -> Lab.node(result, from))
                    .anyMatch(from -> isBefore(from, node)))
        .as("seed %s, node %s", seed, node.path())
        .isTrue();
  }

  private static boolean isBefore(NodeSnapshot from, NodeSnapshot to) {
    return from.status() == NodeStatus.SKIPPED
        || from.finishedAt() != null && !from.finishedAt().isAfter(to.startedAt());
  }

  @Test
  void the_same_run_twice_gives_the_same() {
    for (long seed = 0; seed < FLOWS / 4; seed++) {
      if (isValid(seed)) {
        ExecutionResult one = run(seed, RandomFlow.Style.STAGES, Settings.DEFAULT);
        ExecutionResult two = run(seed, RandomFlow.Style.STAGES, Settings.DEFAULT);
        assertThat(two.snapshot().nodes()).as("seed " + seed).isEqualTo(one.snapshot().nodes());
        assertThat(two.executionId()).isEqualTo(one.executionId());
        assertThat(two.duration()).isEqualTo(one.duration());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void under_fail_fast_every_node_is_over_at_the_end_and_nothing_runs_that_should_not(
      RandomFlow.Style style) {
    for (long seed = 0; seed < FLOWS / 2; seed++) {
      if (isValid(seed)) {
        ExecutionResult result = run(seed, style, Settings.DEFAULT);
        ReferenceModel model = ReferenceModel.of(RandomFlow.of(seed, style, Settings.DEFAULT));
        assertThat(result.status() == ExecutionStatus.FAILED)
            .as("seed " + seed)
            .isEqualTo(model.failed);
        for (NodeSnapshot node : result.snapshot().nodes()) {
          assertThat(node.status().isFinal()).as("seed %s, %s", seed, node).isTrue();
          if (node.status() == NodeStatus.COMPLETED || node.status() == NodeStatus.FAILED) {
            assertThat(model.statuses())
                .as("seed " + seed)
                .containsEntry(node.path(), node.status());
          }
        }
      }
    }
  }
}
