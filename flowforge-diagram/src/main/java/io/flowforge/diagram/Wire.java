package io.flowforge.diagram;

import io.flowforge.picture.PictureEdge;
import java.util.List;
import java.util.Optional;

/**
 * An edge with its course.
 *
 * @param edge the edge
 * @param points where it begins, bends and ends
 * @param label the upper left corner of its label; empty when it has none
 */
record Wire(PictureEdge edge, List<Point> points, Optional<Point> label) {
  static final double LABEL_HEIGHT = 18;

  private static final double LONGEST_LABEL = 210;

  static String text(PictureEdge edge) {
    return TextWidth.SMALL.cut(edge.label(), LONGEST_LABEL);
  }

  static double labelWidth(PictureEdge edge) {
    return Math.ceil(TextWidth.SMALL.of(text(edge))) + 12;
  }
}
