package io.flowforge.benchmarks;

import io.flowforge.ExecutionResult;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Executions of the business diamond per second, started by as many threads as there are cores. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(Threads.MAX)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class ThroughputBenchmark {
  private static final Duration LONG = Duration.ofSeconds(10);

  private final Flow flow = Flows.of("diamond8");
  private final HandWritten limit = new HandWritten(flow);
  private FlowForge forge;

  /** Starts an engine. */
  @Setup
  public void open() {
    forge = FlowForge.builder().discoverPlugins(false).action(new NoOp()).build();
  }

  /** Closes the engine. */
  @TearDown
  public void close() {
    forge.close();
  }

  /** The engine. */
  @Benchmark
  public ExecutionResult engine() {
    return forge.start(flow, Map.of()).await(LONG);
  }

  /** Int arrays and no engine. */
  @Benchmark
  public Object[] handWritten() {
    return limit.run();
  }
}
