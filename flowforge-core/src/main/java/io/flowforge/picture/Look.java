package io.flowforge.picture;

import io.flowforge.execution.NodeStatus;
import java.util.Locale;
import java.util.Optional;

/** The colours of Mermaid and DOT pictures; readable on white and on dark ground. */
enum Look {
  PLAIN("#f8fafc", "#64748b", "#1e293b"),
  PENDING("#f6f7f9", "#9aa3ad", "#3b4450"),
  RUNNING("#dbeafe", "#2563eb", "#12305f"),
  WAITING("#fef3c7", "#d97706", "#5b3605"),
  COMPLETED("#dcfce7", "#16a34a", "#0f3d20"),
  FAILED("#fee2e2", "#dc2626", "#5f1414"),
  SKIPPED("#f6f7f9", "#c3c9d1", "#6b7480"),
  CANCELLED("#ebe7e4", "#78716c", "#3a3532"),
  COMPENSATED("#ede9fe", "#7c3aed", "#35176b"),
  COMPENSATION_FAILED("#fce7f3", "#be185d", "#5c0e30");

  private final String fill;
  private final String line;
  private final String text;

  Look(String fill, String line, String text) {
    this.fill = fill;
    this.line = line;
    this.text = text;
  }

  static Look of(Optional<PictureRun> run) {
    return run.map(PictureRun::status).map(NodeStatus::name).map(Look::valueOf).orElse(PLAIN);
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  String fill() {
    return fill;
  }

  String line() {
    return line;
  }

  String text() {
    return text;
  }

  /** Whether the border is broken. */
  boolean isBroken() {
    return this == SKIPPED;
  }
}
