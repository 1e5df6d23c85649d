package io.flowforge.picture;

import io.flowforge.flow.Edge;

/**
 * An edge of a picture.
 *
 * @param source place of the node that it leaves in the list of nodes of its level
 * @param target place of the node that it leads to
 * @param edge the edge
 * @param state what became of it
 */
public record PictureEdge(int source, int target, Edge edge, State state) {
  /** What became of an edge. */
  public enum State {
    /** Nothing: the picture is of a flow. */
    DRAWN,
    /** Its source is not over. */
    OPEN,
    /** The run went along it. */
    TAKEN,
    /** The run went along it, and it is part of the critical path. */
    CRITICAL,
    /** The run did not go along it. */
    DEAD
  }

  /**
   * What stands beside it.
   *
   * @return its port unless that is {@code main}, and its condition in brackets; may be empty
   */
  public String label() {
    String port = edge.port().equals(Edge.MAIN) ? "" : edge.port();
    String condition = edge.condition();
    if (condition == null) {
      return port;
    }
    return port + (port.isEmpty() ? "[" : " [") + bare(condition) + "]";
  }

  /** Without the wrapping that a condition may have or not. */
  private static String bare(String condition) {
    String text = condition.strip();
    boolean wrapped = text.startsWith("${") && text.endsWith("}") && text.indexOf("${", 2) < 0;
    return wrapped ? text.substring(2, text.length() - 1).strip() : text;
  }

  /** Whether it is drawn with a broken line. */
  boolean isBroken() {
    return state == State.DEAD || state == State.DRAWN && edge.port().equals(Edge.ERROR);
  }
}
