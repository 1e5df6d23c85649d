package io.flowforge.execution;

import io.flowforge.flow.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An execution at one moment.
 *
 * @param id its id
 * @param flow the flow it runs
 * @param status where it stands
 * @param seq how many transitions it has made; listeners that missed events resynchronise by it
 * @param inputs its inputs, defaults filled in
 * @param variables its variables
 * @param outputs what it returned; empty before its end
 * @param error why it failed; null when it did not
 * @param startedAt when it was accepted
 * @param finishedAt when it ended; null before
 * @param wakeAt when a timer will move it on by itself, at the latest known moment; null when only
 *     a person, an event or a running node can
 * @param nodes node runs in document order, each body's iterations behind their node
 */
public record ExecutionSnapshot(
    String id,
    Flow flow,
    ExecutionStatus status,
    long seq,
    Map<String, Object> inputs,
    Map<String, Object> variables,
    Map<String, Object> outputs,
    @Nullable ExecutionError error,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant wakeAt,
    List<NodeSnapshot> nodes) {

  /** Copies the list of nodes. */
  public ExecutionSnapshot {
    nodes = List.copyOf(nodes);
  }

  /**
   * A node run by its address.
   *
   * @param path such as {@code charge} or {@code each[3]/charge}
   * @return the node run, if there is one
   */
  public Optional<NodeSnapshot> node(String path) {
    return nodes.stream().filter(node -> node.path().equals(path)).findFirst();
  }

  /**
   * The time from acceptance to the end.
   *
   * @return the duration; empty before the end
   */
  public Optional<Duration> duration() {
    return Optional.ofNullable(finishedAt).map(end -> Duration.between(startedAt, end));
  }
}
