package io.flowforge.diagram;

import io.flowforge.picture.PictureEdge;
import io.flowforge.picture.PictureGraph;
import io.flowforge.picture.PictureNode;
import java.util.ArrayList;
import java.util.List;

/** Lays out a picture from the inside to the outside: a loop is as large as its body. */
final class Sheets {
  /** How many nodes, and layers crossed by all edges together, a careful layout may have. */
  private static final int FULL_CARE = 250;

  private static final int FULL_CARE_CROSSINGS = 1_200;

  /** The same for a quick one; its time grows with the square of the longest layer. */
  private static final int QUICK = 1_500;

  private static final int QUICK_CROSSINGS = 9_000;

  private static final int QUICK_LAYER = 500;

  private Sheets() {}

  static Sheet of(PictureGraph graph) {
    List<Card> cards = new ArrayList<>();
    for (PictureNode node : graph.nodes()) {
      cards.add(Card.of(node, node.body().map(Sheets::of)));
    }
    List<PictureEdge> edges = graph.edges();
    Layers layers = Layers.of(cards.size(), edges);
    long crossings = crossings(layers, graph);
    if (cards.size() <= FULL_CARE && crossings <= FULL_CARE_CROSSINGS) {
      return LayeredLayout.place(cards, edges, LayeredLayout.Care.FULL);
    }
    boolean quick = cards.size() <= QUICK && crossings <= QUICK_CROSSINGS;
    return quick && layers.longest() <= QUICK_LAYER
        ? LayeredLayout.place(cards, edges, LayeredLayout.Care.QUICK)
        : new ColumnLayout(cards, edges, layers).sheet();
  }

  private static long crossings(Layers layers, PictureGraph graph) {
    long crossings = 0;
    for (PictureEdge edge : graph.edges()) {
      crossings += Math.abs(layers.of(edge.target()) - layers.of(edge.source()));
    }
    return crossings;
  }
}
