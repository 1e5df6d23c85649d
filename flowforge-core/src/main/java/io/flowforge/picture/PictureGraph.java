package io.flowforge.picture;

import java.util.List;

/**
 * One level of a picture: a flow, or the body of a loop.
 *
 * @param nodes the nodes in document order
 * @param edges the edges between them in document order
 */
public record PictureGraph(List<PictureNode> nodes, List<PictureEdge> edges) {
  /** Copies the lists. */
  public PictureGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }
}
