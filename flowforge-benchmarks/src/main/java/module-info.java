/** JMH benchmarks beside the hand-written limit. */
module io.flowforge.benchmarks {
  requires static org.jspecify;
  requires io.flowforge.core;
  requires jmh.core;
}
