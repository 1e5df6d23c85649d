package io.flowforge.diagram;

import io.flowforge.picture.PictureEdge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.FixedAlignment;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Lays out one level with the layered algorithm of the Eclipse Layout Kernel. */
final class LayeredLayout {
  private static final double MARGIN = 6;
  private static final double BETWEEN_NODES = 26;
  private static final double BETWEEN_LAYERS = 52;
  private static final double BETWEEN_EDGES = 14;
  private static final int SEED = 1;

  /** How much time a layout may take. */
  enum Care {
    /** Keeps the order of the document and tries often to cross fewer edges. */
    FULL,
    /** Tries once; for hundreds of nodes. */
    QUICK
  }

  private LayeredLayout() {}

  static Sheet place(List<Card> cards, List<PictureEdge> edges, Care care) {
    // Without this service the algorithm cannot copy the defaults of its options.
    LayoutMetaDataService.getInstance();
    ElkNode root = ElkGraphUtil.createGraph();
    configure(root, care);
    List<ElkNode> nodes = new ArrayList<>();
    for (Card card : cards) {
      ElkNode node = ElkGraphUtil.createNode(root);
      node.setDimensions(card.width(), card.height());
      nodes.add(node);
    }
    List<ElkEdge> courses = new ArrayList<>();
    for (PictureEdge edge : edges) {
      courses.add(course(edge, nodes));
    }
    new LayeredLayoutProvider().layout(root, new BasicProgressMonitor());
    return sheet(root, cards, edges, courses);
  }

  private static void configure(ElkNode root, Care care) {
    root.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
    root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    root.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
    root.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_NODES);
    root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
    root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, BETWEEN_EDGES);
    root.setProperty(LayeredOptions.SPACING_EDGE_NODE, BETWEEN_EDGES);
    root.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, BETWEEN_EDGES);
    root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, BETWEEN_EDGES);
    root.setProperty(LayeredOptions.RANDOM_SEED, SEED);
    if (care == Care.QUICK) {
      root.setProperty(LayeredOptions.THOROUGHNESS, 1);
      root.setProperty(LayeredOptions.NODE_PLACEMENT_BK_FIXED_ALIGNMENT, FixedAlignment.BALANCED);
    } else {
      root.setProperty(
          LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
    }
  }

  private static ElkEdge course(PictureEdge edge, List<ElkNode> nodes) {
    ElkEdge course =
        ElkGraphUtil.createSimpleEdge(nodes.get(edge.source()), nodes.get(edge.target()));
    if (!edge.label().isEmpty()) {
      ElkLabel label = ElkGraphUtil.createLabel(Wire.text(edge), course);
      label.setDimensions(Wire.labelWidth(edge), Wire.LABEL_HEIGHT);
    }
    return course;
  }

  private static Sheet sheet(
      ElkNode root, List<Card> cards, List<PictureEdge> edges, List<ElkEdge> courses) {
    List<Card> placed = new ArrayList<>();
    for (int i = 0; i < cards.size(); i++) {
      ElkNode node = root.getChildren().get(i);
      placed.add(cards.get(i).at(node.getX(), node.getY()));
    }
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      wires.add(wire(edges.get(i), courses.get(i)));
    }
    return new Sheet(placed, wires, root.getWidth(), root.getHeight());
  }

  private static Wire wire(PictureEdge edge, ElkEdge course) {
    List<Point> points = new ArrayList<>();
    for (ElkEdgeSection section : course.getSections()) {
      points.add(new Point(section.getStartX(), section.getStartY()));
      for (ElkBendPoint bend : section.getBendPoints()) {
        points.add(new Point(bend.getX(), bend.getY()));
      }
      points.add(new Point(section.getEndX(), section.getEndY()));
    }
    Optional<Point> label =
        course.getLabels().stream().findFirst().map(text -> new Point(text.getX(), text.getY()));
    return new Wire(edge, points, label);
  }
}
