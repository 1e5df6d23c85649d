package io.flowforge.picture;

import io.flowforge.flow.Join;
import io.flowforge.flow.Node;
import java.util.Optional;

/**
 * A node of a picture.
 *
 * @param path its address without iterations, such as {@code each/charge}
 * @param node the node
 * @param run what became of it; empty in a picture of a flow
 * @param body the nodes inside of it; empty unless it is a loop
 */
public record PictureNode(
    String path, Node node, Optional<PictureRun> run, Optional<PictureGraph> body) {

  /**
   * What people call it.
   *
   * @return its name, or its id when it has none
   */
  public String label() {
    return node.name().filter(name -> !name.isBlank()).orElse(node.id());
  }

  /**
   * What kind of node it is.
   *
   * @return its type and, when they differ from the usual, its join and that it is disabled
   */
  public String kind() {
    StringBuilder text = new StringBuilder(node.type());
    if (node.join() instanceof Join.Any) {
      text.append(" · joins any");
    } else if (node.join() instanceof Join.AtLeast join) {
      text.append(" · joins ").append(join.count());
    }
    return text.append(node.disabled() ? " · disabled" : "").toString();
  }

  /** Whether it lies on the critical path of its run. */
  boolean isCritical() {
    return run.map(PictureRun::critical).orElse(false);
  }
}
