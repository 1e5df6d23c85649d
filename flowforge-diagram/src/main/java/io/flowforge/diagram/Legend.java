package io.flowforge.diagram;

import io.flowforge.execution.NodeStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Explains the signs and lines that a diagram uses, in rows below it. */
final class Legend {
  private static final double ROW = 26;
  private static final double BETWEEN_ENTRIES = 22;
  private static final double BEHIND_SIGN = 9;

  private final List<Entry> entries = new ArrayList<>();
  private final double height;

  private record Entry(Sign sign, double x, double y) {}

  private Legend(List<Sign> signs, double width) {
    double x = 0;
    double y = 0;
    for (Sign sign : signs) {
      double space = sign.width() + BEHIND_SIGN + TextWidth.SMALL.of(sign.words());
      if (x > 0 && x + space > width) {
        x = 0;
        y += ROW;
      }
      entries.add(new Entry(sign, x, y));
      x += space + BETWEEN_ENTRIES;
    }
    this.height = signs.isEmpty() ? 0 : y + ROW;
  }

  static Legend of(Sheet sheet, double width) {
    Set<NodeStatus> statuses = EnumSet.noneOf(NodeStatus.class);
    Set<Strokes> strokes = EnumSet.noneOf(Strokes.class);
    collect(sheet, statuses, strokes);
    // Plain lines explain themselves.
    strokes.remove(Strokes.DRAWN);
    List<Sign> signs = new ArrayList<>();
    statuses.forEach(status -> signs.add(new Badge(status)));
    signs.addAll(strokes);
    return new Legend(signs, width);
  }

  private static void collect(Sheet sheet, Set<NodeStatus> statuses, Set<Strokes> strokes) {
    for (Card card : sheet.cards()) {
      card.node().run().ifPresent(run -> statuses.add(run.status()));
      card.body().ifPresent(body -> collect(body, statuses, strokes));
    }
    sheet.wires().forEach(wire -> strokes.add(Strokes.of(wire.edge())));
  }

  double height() {
    return height;
  }

  void draw(SvgText svg, double left, double top) {
    for (Entry entry : entries) {
      double x = left + entry.x();
      double middle = top + entry.y() + ROW / 2;
      entry.sign().draw(svg, x, middle);
      svg.raw("<text class=\"ff-small ff-muted\"");
      svg.attribute("x", x + entry.sign().width() + BEHIND_SIGN).attribute("y", middle + 4);
      svg.raw(">").escaped(entry.sign().words()).raw("</text>\n");
    }
  }
}
