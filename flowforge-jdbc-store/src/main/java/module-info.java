/** Keeps executions in H2, PostgreSQL, MariaDB or MySQL. */
module io.flowforge.jdbc {
  requires static transitive org.jspecify;
  requires transitive io.flowforge.core;
  requires transitive java.sql;

  exports io.flowforge.jdbc;
}
