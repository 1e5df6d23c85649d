package io.flowforge.picture;

import io.flowforge.internal.text.Shown;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a picture as a Mermaid flowchart.
 *
 * <p>Nodes are called {@code n0}, {@code n1}, … and all text of the flow stands in quoted labels,
 * in which every character that Mermaid or HTML might read is written as an entity. Source:
 * Mermaid's flowchart syntax, "Special characters that break syntax" and "Entity codes".
 */
final class MermaidText {
  private static final Set<String> DECISIONS = Set.of("conditional", "if", "condition", "switch");
  private static final Set<String> ENDS = Set.of("input", "output");
  private static final int LONGEST = 64;

  private final Picture picture;
  private final StringBuilder text = new StringBuilder();
  private final Map<Look, List<String>> looks = new EnumMap<>(Look.class);
  private final List<String> critical = new ArrayList<>();
  private int number;

  MermaidText(Picture picture) {
    this.picture = picture;
  }

  String text() {
    text.append("---\ntitle: \"").append(yaml(picture.headline())).append("\"\n---\n");
    text.append("flowchart LR\n");
    level(picture.graph(), "  ");
    looks.forEach(this::look);
    if (!critical.isEmpty()) {
      text.append("  classDef critical stroke-width:3px\n");
      text.append("  class ").append(String.join(",", critical)).append(" critical\n");
    }
    return text.toString();
  }

  private void level(PictureGraph graph, String indent) {
    String[] names = new String[graph.nodes().size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = "n" + number++;
      node(graph.nodes().get(i), names[i], indent);
    }
    for (PictureEdge edge : graph.edges()) {
      edge(edge, names, indent);
    }
  }

  private void node(PictureNode node, String name, String indent) {
    Look look = Look.of(node.run());
    looks.computeIfAbsent(look, key -> new ArrayList<>()).add(name);
    if (node.isCritical()) {
      critical.add(name);
    }
    if (node.body().isPresent()) {
      text.append(indent).append("subgraph ").append(name).append(" [").append(label(node));
      text.append("]\n").append(indent).append("  direction LR\n");
      level(node.body().get(), indent + "  ");
      text.append(indent).append("end\n");
    } else {
      text.append(indent).append(name).append(shaped(node)).append('\n');
    }
  }

  private static String shaped(PictureNode node) {
    String type = node.node().type();
    String label = label(node);
    return DECISIONS.contains(type)
        ? "{{" + label + "}}"
        : ENDS.contains(type) ? "([" + label + "])" : "(" + label + ")";
  }

  private static String label(PictureNode node) {
    StringBuilder label = new StringBuilder("\"").append(escaped(node.label()));
    label.append("<br/><small>").append(escaped(node.kind()));
    node.run()
        .ifPresent(
            run -> {
              label.append("<br/>").append(run.status());
              if (!run.facts().isEmpty()) {
                label.append(" · ").append(escaped(run.facts()));
              }
            });
    return label.append("</small>\"").toString();
  }

  private void edge(PictureEdge edge, String[] names, String indent) {
    String arrow =
        edge.state() == PictureEdge.State.CRITICAL ? "==>" : edge.isBroken() ? "-.->" : "-->";
    text.append(indent).append(names[edge.source()]).append(' ').append(arrow);
    String label = edge.label();
    if (!label.isEmpty()) {
      text.append("|\"").append(escaped(label)).append("\"|");
    }
    text.append(' ').append(names[edge.target()]).append('\n');
  }

  private void look(Look look, List<String> names) {
    text.append("  classDef ").append(look.key()).append(" fill:").append(look.fill());
    text.append(",stroke:").append(look.line()).append(",color:").append(look.text());
    text.append(look.isBroken() ? ",stroke-dasharray:4 3\n" : "\n");
    text.append("  class ").append(String.join(",", names)).append(' ').append(look.key());
    text.append('\n');
  }

  /** Words, blanks and what is beyond ASCII as they are, all else as entities. */
  static String escaped(String raw) {
    StringBuilder escaped = new StringBuilder();
    String shown = Shown.escaped(raw, LONGEST);
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (isWord(shown, i) || c == ' ' || ".-_".indexOf(c) >= 0 && isWithinWord(shown, i)) {
        escaped.append(c);
      } else {
        escaped.append('#').append((int) c).append(';');
      }
    }
    return escaped.toString();
  }

  private static boolean isWithinWord(String text, int at) {
    return at > 0 && at + 1 < text.length() && isWord(text, at - 1) && isWord(text, at + 1);
  }

  private static boolean isWord(String text, int at) {
    return text.charAt(at) > '~' || Character.isLetterOrDigit(text.charAt(at));
  }

  private static String yaml(String title) {
    return Shown.escaped(title, 2 * LONGEST).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
