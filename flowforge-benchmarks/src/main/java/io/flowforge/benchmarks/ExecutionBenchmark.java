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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One whole execution, from start to result, beside the hand-written limit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class ExecutionBenchmark {
  private static final Duration LONG = Duration.ofSeconds(10);

  /** Which flow runs. */
  @Param({"chain10", "chain100", "chain1000", "fan100", "layered1000", "diamond8"})
  public String flow = "";

  private FlowForge forge;
  private Flow planned;
  private HandWritten limit;

  /** Starts an engine and plans the flow. */
  @Setup
  public void open() {
    forge = FlowForge.builder().discoverPlugins(false).action(new NoOp()).build();
    planned = Flows.of(flow);
    limit = new HandWritten(planned);
  }

  /** Closes the engine. */
  @TearDown
  public void close() {
    forge.close();
  }

  /** The engine. */
  @Benchmark
  public ExecutionResult engine() {
    return forge.start(planned, Map.of()).await(LONG);
  }

  /** Int arrays and no engine. */
  @Benchmark
  public Object[] handWritten() {
    return limit.run();
  }
}
