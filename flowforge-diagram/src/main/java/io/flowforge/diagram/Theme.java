package io.flowforge.diagram;

import io.flowforge.execution.NodeStatus;
import java.util.List;

/**
 * The style sheet of a diagram: class names, and their colours in the light and the dark scheme.
 */
final class Theme {
  private static final String FONT =
      "Inter,'Segoe UI',Roboto,'Helvetica Neue',Helvetica,Arial,sans-serif";

  private static final String SHAPES =
      """
      .ff{font-family:%s}
      .ff-headline{font-size:19px;font-weight:700}
      .ff-title{font-size:13px;font-weight:700}
      .ff-small{font-size:11px}
      .ff-card{stroke-width:1.4}
      .ff-card.ff-critical{stroke-width:3}
      .ff-wire{fill:none;stroke-width:1.5}
      .ff-wire.ff-taken,.ff-wire.ff-rescue{stroke-width:1.8}
      .ff-wire.ff-critical{stroke-width:3.4}
      .ff-wire.ff-dead,.ff-wire.ff-error{stroke-dasharray:6 4}
      .ff-skipped.ff-card{stroke-dasharray:5 4}
      .ff-icon{fill:none;stroke:#fff;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
      """
          .formatted(FONT);

  private static final String LIGHT = ground("#ffffff", "#0f172a", "#64748b", "#f8fafc", "#cbd5e1");
  private static final String DARK = ground("#0f172a", "#f1f5f9", "#94a3b8", "#172033", "#475569");

  private static final List<Tint> TINTS =
      List.of(
          new Tint(NodeStatus.PENDING, "#94a3b8", "#f8fafc", "#1b2438"),
          new Tint(NodeStatus.RUNNING, "#2563eb", "#eff6ff", "#13264d"),
          new Tint(NodeStatus.WAITING, "#d97706", "#fffbeb", "#38270c"),
          new Tint(NodeStatus.COMPLETED, "#16a34a", "#f0fdf4", "#0d2b1b"),
          new Tint(NodeStatus.FAILED, "#dc2626", "#fef2f2", "#3a1518"),
          new Tint(NodeStatus.SKIPPED, "#a8b3c2", "#f8fafc", "#161f31"),
          new Tint(NodeStatus.CANCELLED, "#78716c", "#f5f5f4", "#262220"),
          new Tint(NodeStatus.COMPENSATED, "#7c3aed", "#f5f3ff", "#231a45"),
          new Tint(NodeStatus.COMPENSATION_FAILED, "#be185d", "#fdf2f8", "#3a1029"));

  /** The colours of a status: its line, and its ground in the light and in the dark scheme. */
  private record Tint(NodeStatus status, String line, String light, String dark) {}

  private Theme() {}

  /** The whole style sheet. */
  static String css() {
    StringBuilder css = new StringBuilder(SHAPES).append(LIGHT);
    StringBuilder dark = new StringBuilder(DARK);
    for (Tint tint : TINTS) {
      String name = name(tint.status());
      css.append(".ff-card.%s{fill:%s;stroke:%s}\n".formatted(name, tint.light(), tint.line()));
      css.append(".ff-badge.%s{fill:%s}\n".formatted(name, tint.line()));
      dark.append(".ff-card.%s{fill:%s}\n".formatted(name, tint.dark()));
    }
    return css.append("@media (prefers-color-scheme:dark){\n")
        .append(dark)
        .append("}\n")
        .toString();
  }

  static String name(NodeStatus status) {
    return "ff-" + Words.of(status).replace(' ', '-');
  }

  private static String ground(String paper, String ink, String muted, String card, String faint) {
    String error = "#dc2626";
    return """
        .ff-paper{fill:%1$s}
        .ff-ink{fill:%2$s}
        .ff-muted{fill:%3$s}
        .ff-card{fill:%4$s;stroke:%3$s}
        .ff-body{fill:%1$s;stroke:%5$s}
        .ff-label{fill:%1$s}
        .ff-wire{stroke:%3$s}.ff-head{fill:%3$s}
        .ff-wire.ff-critical{stroke:%2$s}.ff-head.ff-critical{fill:%2$s}
        .ff-wire.ff-dead,.ff-wire.ff-open{stroke:%5$s}.ff-head.ff-dead,.ff-head.ff-open{fill:%5$s}
        .ff-wire.ff-error,.ff-wire.ff-rescue{stroke:%6$s}
        .ff-head.ff-error,.ff-head.ff-rescue{fill:%6$s}
        """
        .formatted(paper, ink, muted, card, faint, error);
  }
}
