/** Contract kits, manual clock, mock nodes and assertions for tests of flows and plugins. */
module io.flowforge.testkit {
  requires static transitive org.jspecify;
  requires io.flowforge.core;
  requires org.junit.jupiter.api;
  requires org.assertj.core;
}
