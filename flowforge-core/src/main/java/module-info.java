/** Flow model, expressions, planner, scheduler, extension points and the in-memory store. */
module io.flowforge.core {
  // Needed at run time: @Nullable says which config keys may be left out.
  requires transitive org.jspecify;
  requires transitive org.slf4j;
  requires tools.jackson.core;
  requires org.snakeyaml.engine;
  requires org.jgrapht.core;
  requires com.github.benmanes.caffeine;
  requires re2j;

  exports io.flowforge;
  exports io.flowforge.execution;
  exports io.flowforge.flow;
  exports io.flowforge.picture;
  exports io.flowforge.spi;
  exports io.flowforge.spi.store;

  uses io.flowforge.spi.Action;
  uses io.flowforge.spi.Trigger;
}
