/** Flow model, expressions, planner, scheduler, extension points and the in-memory store. */
@SuppressWarnings("module") // the modules it lends packages to are compiled later
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

  // The model that the store kit compares with.
  exports io.flowforge.internal.memory to
      io.flowforge.testkit;
  // The blob stores that the kit for them is made for.
  exports io.flowforge.internal.blob to
      io.flowforge.testkit;
  // What stores remember of what they have written.
  exports io.flowforge.internal.journal to
      io.flowforge.jdbc,
      io.flowforge.redis;
  // Where tests make stores fail.
  exports io.flowforge.internal.fault to
      io.flowforge.testkit,
      io.flowforge.jdbc,
      io.flowforge.redis;

  uses io.flowforge.internal.fault.FaultHook;
  uses io.flowforge.internal.fault.MutantHook;
  uses io.flowforge.spi.Action;
  uses io.flowforge.spi.Trigger;
}
