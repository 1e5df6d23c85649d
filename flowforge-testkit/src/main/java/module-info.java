/** Contract kits, manual clock, mock nodes and assertions for tests of flows and plugins. */
module io.flowforge.testkit {
  requires static transitive org.jspecify;
  requires transitive io.flowforge.core;
  requires transitive org.junit.jupiter.api;
  requires transitive org.assertj.core;

  exports io.flowforge.testkit;
}
