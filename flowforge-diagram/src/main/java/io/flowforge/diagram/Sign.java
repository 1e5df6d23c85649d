package io.flowforge.diagram;

/** Something that the legend explains. */
interface Sign {
  /** How wide it is drawn. */
  double width();

  /** What it means. */
  String words();

  /** Draws it from a left edge on, around a middle line. */
  void draw(SvgText svg, double left, double middle);
}
