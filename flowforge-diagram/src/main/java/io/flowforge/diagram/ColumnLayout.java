package io.flowforge.diagram;

import io.flowforge.picture.PictureEdge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sets a very large level in columns: each node near the middle of its predecessors, edges as
 * straight as they come, without labels. Linear but for sorting each column.
 */
final class ColumnLayout {
  private static final double MARGIN = 6;
  private static final double BETWEEN_NODES = 18;
  private static final double BETWEEN_COLUMNS = 72;
  private static final double STUB = 16;

  private final List<Card> cards;
  private final List<PictureEdge> edges;
  private final Layers layers;
  private final Card[] placed;
  private double height;

  ColumnLayout(List<Card> cards, List<PictureEdge> edges, Layers layers) {
    this.cards = cards;
    this.edges = edges;
    this.layers = layers;
    this.placed = new Card[cards.size()];
  }

  Sheet sheet() {
    double width = placeColumns();
    List<Wire> wires = new ArrayList<>();
    for (PictureEdge edge : edges) {
      wires.add(wire(edge));
    }
    return new Sheet(List.of(placed), wires, width, height);
  }

  private double placeColumns() {
    int[][] columns = columns();
    double[] wishes = new double[cards.size()];
    int[] weights = new int[cards.size()];
    int[][] leaving = leaving();
    double x = MARGIN;
    for (int[] column : columns) {
      Integer[] order = Arrays.stream(column).boxed().toArray(Integer[]::new);
      Arrays.sort(
          order, (a, b) -> Double.compare(wish(wishes, weights, a), wish(wishes, weights, b)));
      x += placeColumn(order, x) + BETWEEN_COLUMNS;
      for (int node : order) {
        for (int target : leaving[node]) {
          wishes[target] += placed[node].y();
          weights[target]++;
        }
      }
    }
    return Math.max(0, x - BETWEEN_COLUMNS) + MARGIN;
  }

  private static double wish(double[] wishes, int[] weights, int node) {
    return weights[node] == 0 ? 0 : wishes[node] / weights[node];
  }

  private double placeColumn(Integer[] order, double x) {
    double y = MARGIN;
    double width = 0;
    for (int node : order) {
      placed[node] = cards.get(node).at(x, y);
      y += placed[node].height() + BETWEEN_NODES;
      width = Math.max(width, placed[node].width());
    }
    height = Math.max(height, y - BETWEEN_NODES + MARGIN);
    return width;
  }

  private int[][] columns() {
    int[] sizes = new int[layers.count()];
    for (int node = 0; node < cards.size(); node++) {
      sizes[layers.of(node)]++;
    }
    int[][] columns = new int[sizes.length][];
    Arrays.setAll(columns, layer -> new int[sizes[layer]]);
    for (int node = cards.size() - 1; node >= 0; node--) {
      columns[layers.of(node)][--sizes[layers.of(node)]] = node;
    }
    return columns;
  }

  private int[][] leaving() {
    int[] counts = new int[cards.size()];
    edges.forEach(edge -> counts[edge.source()]++);
    int[][] leaving = new int[cards.size()][];
    Arrays.setAll(leaving, node -> new int[counts[node]]);
    edges.forEach(edge -> leaving[edge.source()][--counts[edge.source()]] = edge.target());
    return leaving;
  }

  private Wire wire(PictureEdge edge) {
    Card from = placed[edge.source()];
    Card to = placed[edge.target()];
    Point start = new Point(from.x() + from.width(), from.y() + from.height() / 2);
    Point end = new Point(to.x(), to.y() + to.height() / 2);
    Point out = new Point(start.x() + STUB, start.y());
    Point in = new Point(end.x() - STUB, end.y());
    return new Wire(edge, List.of(start, out, in, end), Optional.empty());
  }
}
