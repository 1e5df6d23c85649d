/** Keeps executions in H2, PostgreSQL or MariaDB. */
module io.flowforge.jdbc {
  requires static transitive org.jspecify;
  requires transitive io.flowforge.core;
  requires transitive java.sql;

  exports io.flowforge.jdbc;
}
