/** JMH benchmarks beside the hand-written limit. */
module io.flowforge.benchmarks {
  requires static transitive org.jspecify;
  requires io.flowforge.core;
  requires java.management;
  requires jmh.core;
}
