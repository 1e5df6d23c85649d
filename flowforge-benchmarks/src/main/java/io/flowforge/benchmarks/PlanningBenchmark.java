package io.flowforge.benchmarks;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Problem;
import java.util.List;
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

/** Reading and planning a flow, which is done once for each version of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class PlanningBenchmark {
  /** Which flow. */
  @Param({"chain100", "layered1000", "diamond8"})
  public String flow = "";

  private FlowForge forge;
  private Flow model;
  private String document;

  /** Starts an engine and writes the flow down. */
  @Setup
  public void open() {
    forge = FlowForge.builder().discoverPlugins(false).action(new NoOp()).build();
    model = Flows.of(flow);
    document = model.toJson();
  }

  /** Closes the engine. */
  @TearDown
  public void close() {
    forge.close();
  }

  /** Document to model. */
  @Benchmark
  public Flow read() {
    return Flow.parse(document);
  }

  /** Model to plan. */
  @Benchmark
  public List<Problem> plan() {
    return forge.validate(model);
  }
}
