package io.flowforge.diagram;

import io.flowforge.flow.Edge;
import io.flowforge.picture.PictureEdge;
import java.util.List;

/** The kinds of lines, those that matter less first; each has an arrow head of its own. */
enum Strokes implements Sign {
  DEAD("not taken"),
  OPEN("undecided"),
  DRAWN("edge"),
  ERROR("error path"),
  TAKEN("taken"),
  RESCUE("error handled"),
  CRITICAL("critical path");

  private static final double CORNER = 9;
  private static final double SAMPLE = 30;

  private final String words;

  Strokes(String words) {
    this.words = words;
  }

  static Strokes of(PictureEdge edge) {
    return switch (edge.state()) {
      case DRAWN -> edge.edge().port().equals(Edge.ERROR) ? ERROR : DRAWN;
      case OPEN -> OPEN;
      case TAKEN -> edge.edge().port().equals(Edge.ERROR) ? RESCUE : TAKEN;
      case CRITICAL -> CRITICAL;
      case DEAD -> DEAD;
    };
  }

  @Override
  public double width() {
    return SAMPLE;
  }

  @Override
  public String words() {
    return words;
  }

  @Override
  public void draw(SvgText svg, double left, double middle) {
    line(svg, List.of(new Point(left, middle), new Point(left + SAMPLE, middle)));
  }

  /** Its class name. */
  String key() {
    return "ff-" + Words.of(this);
  }

  /** The arrow heads; SVG 1.1 has no way to give a head the colour of its line. */
  static void heads(SvgText svg) {
    for (Strokes stroke : values()) {
      double size = stroke == CRITICAL ? 11 : 9;
      svg.raw("<marker id=\"")
          .raw(stroke.key())
          .raw("\" viewBox=\"0 0 10 10\" refX=\"9.2\" refY=\"5\"");
      svg.attribute("markerWidth", size).attribute("markerHeight", size);
      svg.raw(" markerUnits=\"userSpaceOnUse\" orient=\"auto\">");
      svg.raw("<path class=\"ff-head ")
          .raw(stroke.key())
          .raw("\" d=\"M0 0.6L10 5L0 9.4L2.4 5Z\"/>");
      svg.raw("</marker>\n");
    }
  }

  /** A line along some points, its corners rounded. */
  void line(SvgText svg, List<Point> points) {
    svg.raw("<path class=\"ff-wire ").raw(key()).raw("\" marker-end=\"url(#").raw(key());
    svg.raw(")\" d=\"");
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      if (i == 0) {
        move(svg, 'M', point);
      } else if (i == points.size() - 1) {
        move(svg, 'L', point);
      } else {
        move(svg, 'L', towards(point, points.get(i - 1)));
        move(svg, 'Q', point);
        move(svg, ' ', towards(point, points.get(i + 1)));
      }
    }
    svg.raw("\"/>\n");
  }

  private static Point towards(Point from, Point to) {
    double length = Math.hypot(to.x() - from.x(), to.y() - from.y());
    double part = length == 0 ? 0 : Math.min(CORNER, length / 2) / length;
    return new Point(from.x() + (to.x() - from.x()) * part, from.y() + (to.y() - from.y()) * part);
  }

  private static void move(SvgText svg, char command, Point point) {
    svg.raw(String.valueOf(command)).number(point.x()).raw(" ").number(point.y());
  }
}
