package io.flowforge.benchmarks;

import io.flowforge.Execution;
import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Many executions that wait 100 ms at once, started and awaited together. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
public class WaitingBenchmark {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** How many at once. */
  @Param({"10000", "100000"})
  public int executions;

  private FlowForge forge;
  private Flow flow;

  /** Starts an engine. */
  @Setup
  public void open() {
    forge = FlowForge.builder().discoverPlugins(false).maxPending(1_000_000).keepEnded(0).build();
    flow = Flows.of("wait100ms");
  }

  /** Closes the engine. */
  @TearDown
  public void close() {
    forge.close();
  }

  /** The engine. */
  @Benchmark
  public Execution[] engine() {
    Execution[] all = new Execution[executions];
    for (int i = 0; i < all.length; i++) {
      all[i] = forge.start(flow, Map.of());
    }
    for (Execution one : all) {
      one.await(LONG);
    }
    return all;
  }

  /** A bare timer for each, on the JDK's scheduled executor. */
  @Benchmark
  public int handWritten() throws InterruptedException {
    return BareTimers.await(executions, 100);
  }
}
