package io.flowforge.execution;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a node run is as it is, and where its input values came from.
 *
 * @param node address of the node run
 * @param status where it stands
 * @param story what led there, one sentence each, in order: the join and its edges, waits,
 *     attempts, how it ended
 * @param edges what became of each incoming edge
 * @param sources where each config value came from
 */
public record Explanation(
    String node,
    NodeStatus status,
    List<String> story,
    List<IncomingEdge> edges,
    List<Source> sources) {

  /** Copies the lists. */
  public Explanation {
    story = List.copyOf(story);
    edges = List.copyOf(edges);
    sources = List.copyOf(sources);
  }

  /**
   * An incoming edge.
   *
   * @param from id of the source node
   * @param port the source's port
   * @param condition the edge's condition; null when it has none
   * @param state what became of it
   */
  public record IncomingEdge(
      String from, String port, @Nullable String condition, EdgeState state) {}

  /** What became of an edge. */
  public enum EdgeState {
    /** Its source is not over. */
    UNDECIDED,
    /** Its source left through its port and its condition held. */
    TAKEN,
    /** It was not taken and never will be. */
    DEAD,
    /** It was taken after its target had started. */
    IGNORED
  }

  /**
   * Where a config value came from.
   *
   * @param pointer JSON pointer into the config, such as {@code /headers/x}
   * @param expression the expression without <code>${…}</code>
   * @param from what it reads: a node id or a root such as {@code inputs}
   * @param path the rest of the reference, such as {@code output.body.total}; may be empty
   * @param via the edges by which the value's node leads here, as node ids from source to this
   *     node; empty for a root
   * @param value the value of this reference, when the node is over or running
   */
  public record Source(
      String pointer,
      String expression,
      String from,
      String path,
      List<String> via,
      @Nullable Object value) {

    /** Copies the list. */
    public Source {
      via = List.copyOf(via);
    }
  }

  /**
   * The plain form.
   *
   * @return a map of its parts
   */
  public Map<String, Object> toValue() {
    return ExplanationValue.of(this);
  }
}
