/** Small programs and flow files, each run by a test. */
module io.flowforge.examples {
  requires static transitive org.jspecify;
  requires io.flowforge.core;
  requires io.flowforge.actions;
  requires io.flowforge.diagram;
  requires io.flowforge.jdbc;
  requires jdk.httpserver;
}
