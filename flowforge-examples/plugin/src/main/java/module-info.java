/** A node type in a module of its own. */
module io.flowforge.examples.plugin {
  requires static transitive org.jspecify;
  requires io.flowforge.core;

  // The engine makes the config record.
  opens io.flowforge.examples.plugin to
      io.flowforge.core;

  provides io.flowforge.spi.Action with
      io.flowforge.examples.plugin.SlugAction;
}
