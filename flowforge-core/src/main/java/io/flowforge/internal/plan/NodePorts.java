package io.flowforge.internal.plan;

import io.flowforge.flow.Node;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the checks of a graph must know about the types of its nodes. */
@FunctionalInterface
public interface NodePorts {
  /**
   * The ports that a node can leave through; {@code error} need not be among them.
   *
   * @param node the node
   * @return names in the order to show them; null when the type is unknown, so that any may be used
   */
  @Nullable Set<String> of(Node node);

  /**
   * Whether a node stands for the event that starts the flow.
   *
   * @param node the node
   * @return true when nothing may lead to it
   */
  default boolean isTrigger(Node node) {
    return false;
  }
}
