/** The flowforge command. */
module io.flowforge.cli {
  requires static transitive org.jspecify;
  requires io.flowforge.core;
  requires io.flowforge.actions;
  requires io.flowforge.diagram;
  requires io.flowforge.jdbc;
  requires io.flowforge.redis;
  requires info.picocli;
  requires org.slf4j;

  provides org.slf4j.spi.SLF4JServiceProvider with
      io.flowforge.cli.QuietLogging;
}
