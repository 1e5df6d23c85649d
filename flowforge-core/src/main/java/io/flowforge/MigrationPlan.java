package io.flowforge;

import io.flowforge.execution.ExecutionStatus;
import io.flowforge.flow.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What moving an execution to another version of its flow would do, as the execution stands at one
 * moment. {@link Operations#migrate(String, String)} makes one of what it has taken and follows it,
 * so the two do not differ, unless the execution goes on in between.
 *
 * @param executionId the execution
 * @param status its status once it has heard what was sent to it
 * @param from content hash of the version that it follows
 * @param to content hash of the version that it would follow
 * @param nodes what becomes of the nodes
 * @param variables what becomes of the variables
 * @param problems all that stands in the way, sorted; {@code FF-MIGRATE-…}, and {@code
 *     FF-EXECUTION-ACTIVE} when it neither is paused nor parked nor waits
 * @see Operations#planMigration(String, String)
 */
public record MigrationPlan(
    String executionId,
    ExecutionStatus status,
    String from,
    String to,
    Nodes nodes,
    Variables variables,
    List<Problem> problems) {
  /** Copies the list. */
  public MigrationPlan {
    Objects.requireNonNull(executionId, "executionId");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(nodes, "nodes");
    Objects.requireNonNull(variables, "variables");
    problems = List.copyOf(problems);
  }

  /**
   * Whether {@code migrate} would not refuse it.
   *
   * @return true when there are no problems
   */
  public boolean isAllowed() {
    return problems.isEmpty();
  }

  /**
   * Whether the execution follows another version so far.
   *
   * @return false when {@code migrate} has nothing to do
   */
  public boolean isNeeded() {
    return !from.equals(to);
  }

  /**
   * What becomes of the nodes, each as its place: its id, in a body behind those of the nodes
   * around it, as in {@code each/charge}. All lists are sorted.
   *
   * @param kept have run, at least once; their results stay
   * @param underWay have begun, and keep the config that was resolved then
   * @param changed may still begin, and do so with another config, policy or edges
   * @param added stand in the new version only
   * @param dropped stood in the old version only
   */
  public record Nodes(
      List<String> kept,
      List<String> underWay,
      List<String> changed,
      List<String> added,
      List<String> dropped) {
    /** Copies the lists. */
    public Nodes {
      kept = List.copyOf(kept);
      underWay = List.copyOf(underWay);
      changed = List.copyOf(changed);
      added = List.copyOf(added);
      dropped = List.copyOf(dropped);
    }
  }

  /**
   * What becomes of the variables.
   *
   * @param kept declared by both versions; they keep the values they have
   * @param added declared by the new version only, with the values that they begin with
   * @param dropped declared by the old version only; their values stay with the execution, and the
   *     new version does not know them
   */
  public record Variables(List<String> kept, Map<String, Object> added, List<String> dropped) {
    /** Copies the parts. */
    public Variables {
      kept = List.copyOf(kept);
      added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
      dropped = List.copyOf(dropped);
    }
  }
}
