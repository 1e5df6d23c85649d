package io.flowforge.benchmarks;

import java.sql.SQLException;

/** The limit: nothing but writing each step. */
interface Loop extends AutoCloseable {
  /** How long each of so many runs took, one after the other, in nanoseconds. */
  long[] times(int count) throws SQLException;

  /** Does so many runs, with so many steps written at a time. */
  void run(int atOnce, int count, int batch) throws InterruptedException;

  @Override
  default void close() {}
}
