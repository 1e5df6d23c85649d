package io.flowforge.picture;

import io.flowforge.internal.text.Shown;
import java.util.Locale;

/**
 * Writes a picture in the language of Graphviz.
 *
 * <p>Nodes are called {@code n0}, {@code n1}, … and all text of the flow stands in quoted strings.
 * Graphviz draws no edges to clusters: a loop is a node of its own, joined to the frame of its
 * body. Source: "The DOT Language" and "escString" of the Graphviz documentation.
 */
final class DotText {
  private static final int LONGEST = 64;

  private final Picture picture;
  private final StringBuilder text = new StringBuilder();
  private int number;

  DotText(Picture picture) {
    this.picture = picture;
  }

  String text() {
    text.append("digraph flow {\n");
    text.append("  graph [rankdir=LR, compound=true, labelloc=t, fontname=\"Helvetica\", ");
    text.append("label=").append(quoted(picture.headline())).append("]\n");
    text.append("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", ");
    text.append("fontsize=11]\n");
    text.append("  edge [fontname=\"Helvetica\", fontsize=10, color=\"#475569\"]\n");
    level(picture.graph(), "  ");
    return text.append("}\n").toString();
  }

  /** Returns the number of its first node, or -1 when it has none. */
  private int level(PictureGraph graph, String indent) {
    int[] numbers = new int[graph.nodes().size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number++;
      node(graph.nodes().get(i), numbers[i], indent);
    }
    for (PictureEdge edge : graph.edges()) {
      edge(edge, numbers, indent);
    }
    return numbers.length == 0 ? -1 : numbers[0];
  }

  private void node(PictureNode node, int name, String indent) {
    Look look = Look.of(node.run());
    text.append(indent).append('n').append(name).append(" [label=").append(label(node));
    text.append(", fillcolor=\"").append(look.fill()).append("\", color=\"").append(look.line());
    text.append("\", fontcolor=\"").append(look.text()).append('"');
    if (look.isBroken()) {
      text.append(", style=\"rounded,filled,dashed\"");
    }
    text.append(node.isCritical() ? ", penwidth=3]\n" : "]\n");
    node.body().ifPresent(body -> frame(body, name, indent));
  }

  private void frame(PictureGraph body, int loop, String indent) {
    text.append(indent).append("subgraph cluster_n").append(loop).append(" {\n");
    text.append(indent)
        .append("  graph [label=\"\", style=\"rounded,dashed\", color=\"#94a3b8\"]\n");
    int first = level(body, indent + "  ");
    text.append(indent).append("}\n");
    if (first >= 0) {
      text.append(indent).append('n').append(loop).append(" -> n").append(first);
      text.append(" [lhead=cluster_n").append(loop).append(", style=dotted, arrowhead=none]\n");
    }
  }

  private static String label(PictureNode node) {
    StringBuilder label = new StringBuilder(quoted(node.label()));
    label.setLength(label.length() - 1);
    label.append("\\n").append(escaped(node.kind()));
    node.run()
        .ifPresent(
            run -> {
              label.append("\\n").append(run.status().name().toLowerCase(Locale.ROOT));
              label.append(run.facts().isEmpty() ? "" : " · " + escaped(run.facts()));
            });
    return label.append('"').toString();
  }

  private void edge(PictureEdge edge, int[] numbers, String indent) {
    text.append(indent).append('n').append(numbers[edge.source()]);
    text.append(" -> n").append(numbers[edge.target()]).append(" [label=");
    text.append(quoted(edge.label())).append(style(edge)).append("]\n");
  }

  private static String style(PictureEdge edge) {
    return switch (edge.state()) {
      case CRITICAL -> ", penwidth=3, color=\"#0f172a\"";
      case DEAD -> ", style=dashed, color=\"#c3c9d1\", fontcolor=\"#6b7480\"";
      case OPEN -> ", color=\"#c3c9d1\"";
      case TAKEN -> "";
      case DRAWN -> edge.isBroken() ? ", style=dashed" : "";
    };
  }

  private static String quoted(String raw) {
    return '"' + escaped(raw) + '"';
  }

  /** Graphviz reads escapes and HTML entities in strings. */
  static String escaped(String raw) {
    return Shown.escaped(raw, LONGEST)
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("&", "&amp;");
  }
}
