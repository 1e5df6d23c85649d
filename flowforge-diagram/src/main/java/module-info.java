/** Draws flows and runs as SVG. */
module io.flowforge.diagram {
  requires static transitive org.jspecify;
  requires transitive io.flowforge.core;
  // ELK needs Guava but, being no named module, cannot ask for it.
  requires com.google.common;
  requires org.eclipse.elk.alg.layered;
  requires org.eclipse.elk.core;
  requires org.eclipse.elk.graph;
  requires org.eclipse.emf.common;

  exports io.flowforge.diagram;
}
