/** Draws flows and runs as SVG. */
module io.flowforge.diagram {
  requires static transitive org.jspecify;
  requires io.flowforge.core;
}
