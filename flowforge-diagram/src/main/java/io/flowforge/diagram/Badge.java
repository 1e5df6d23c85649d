package io.flowforge.diagram;

import io.flowforge.execution.NodeStatus;

/**
 * A round sign for a status, drawn and not written so that it needs no font.
 *
 * @param status the status
 */
record Badge(NodeStatus status) implements Sign {
  static final double SIZE = 18;

  @Override
  public double width() {
    return SIZE;
  }

  @Override
  public String words() {
    return Words.of(status);
  }

  @Override
  public void draw(SvgText svg, double left, double middle) {
    svg.raw("<g transform=\"translate(").number(left + SIZE / 2).raw(" ").number(middle);
    svg.raw(")\"><circle class=\"ff-badge ").raw(Theme.name(status)).raw("\"");
    svg.attribute("r", SIZE / 2).raw("/><path class=\"ff-icon\" d=\"").raw(sign(status));
    svg.raw("\"/></g>\n");
  }

  private static String sign(NodeStatus status) {
    return switch (status) {
      case PENDING -> "M-3.5 0H-3.4M0 0H.1M3.5 0H3.6";
      case RUNNING -> "M-2 -3.4L3.4 0L-2 3.4Z";
      case WAITING -> "M0 -4V0.4L2.8 2.4";
      case COMPLETED -> "M-3.6 0.2L-1 2.9L3.8 -2.6";
      case FAILED -> "M-2.8 -2.8L2.8 2.8M-2.8 2.8L2.8 -2.8";
      case SKIPPED -> "M-3.6 0H3.6";
      case CANCELLED -> "M-2.4 -2.4H2.4V2.4H-2.4Z";
      case COMPENSATED -> "M-1.2 -3.9L-3.8 -1.3L-1.2 1.3M-3.8 -1.3H1.2A2.5 2.5 0 0 1 1.2 3.7H-1.6";
      case COMPENSATION_FAILED -> "M0 -4V0.6M0 3.6V3.7";
    };
  }
}
