package io.flowforge.benchmarks;

import io.flowforge.FlowForge;
import io.flowforge.flow.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An expression evaluated for each of a thousand items, within one execution. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class ExpressionBenchmark {
  private static final int ITEMS = 1000;
  private static final Duration LONG = Duration.ofSeconds(10);

  private final List<Map<String, Object>> items = new ArrayList<>();
  private final Flow flow =
      Flow.builder("filter")
          .node(
              "keep",
              "echo",
              n -> n.config("kept", "${inputs.items.filter(i, i.age > 18 && i.name != 'x')}"))
          .build();
  private FlowForge forge;

  /** Makes the items and starts an engine. */
  @Setup
  public void open() {
    for (int i = 0; i < ITEMS; i++) {
      items.add(Map.of("age", i % 60, "name", "n" + i));
    }
    forge = FlowForge.builder().discoverPlugins(false).build();
  }

  /** Closes the engine. */
  @TearDown
  public void close() {
    forge.close();
  }

  /** The engine, per item. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public Object engine() {
    return forge.start(flow, Map.of("items", items)).await(LONG);
  }

  /** A loop in Java, per item. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public Object handWritten() {
    List<Map<String, Object>> kept = new ArrayList<>();
    for (Map<String, Object> item : items) {
      if (item.get("age") instanceof Integer age && age > 18 && !"x".equals(item.get("name"))) {
        kept.add(item);
      }
    }
    return kept;
  }
}
