package io.flowforge.engine;

import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Flow;
import io.flowforge.spi.ActionException;
import io.flowforge.testkit.ManualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An engine with manual time and two scripted node types: {@code quick} runs on the thread that
 * drives, {@code slow} on the pool. A node without a script gives its config, or its id.
 */
final class Lab implements AutoCloseable {
  static final Duration REAL = Duration.ofSeconds(20);

  final ManualTime time = ManualTime.create();
  final FlowForge forge;

  /** Addresses of scripted node runs in the order in which attempts began. */
  final List<String> ran = new CopyOnWriteArrayList<>();

  private final Map<String, Script> scripts = new ConcurrentHashMap<>();

  private Lab(UnaryOperator<FlowForgeBuilder> options) {
    FlowForgeBuilder builder =
        FlowForge.builder()
            .discoverPlugins(false)
            .time(time)
            .executor(time.executor())
            .seed(7)
            .action(ScriptedAction.quick(scripts, ran))
            .action(ScriptedAction.slow(scripts, ran));
    forge = options.apply(builder).build();
  }

  static Lab create() {
    return with(builder -> builder);
  }

  static Lab with(UnaryOperator<FlowForgeBuilder> options) {
    return new Lab(options);
  }

  /** Says what the scripted nodes of an id do. */
  Lab on(String nodeId, Script script) {
    scripts.put(nodeId, script);
    return this;
  }

  Lab fails(String nodeId) {
    return on(
        nodeId,
        context -> {
          throw ActionException.transientFailure("BROKEN", nodeId + " is broken");
        });
  }

  /** Fails so often, then gives the number of the attempt. */
  Lab failsTimes(String nodeId, int times) {
    return on(
        nodeId,
        context -> {
          if (context.attempt() <= times) {
            throw ActionException.transientFailure("BROKEN", nodeId + " is broken");
          }
          return context.attempt();
        });
  }

  /** Takes manual time, without a thread. */
  Lab takes(String nodeId, Duration duration, @Nullable Object result) {
    return on(nodeId, context -> later(duration, result));
  }

  CompletableFuture<@Nullable Object> later(Duration duration, @Nullable Object result) {
    CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
    long due = time.epochMicros() + duration.toNanos() / 1000;
    time.schedule(due, () -> stage.complete(result));
    return stage;
  }

  /** A flow in YAML; the id is {@code test} unless it names one. */
  static Flow flow(String... lines) {
    String text = String.join("\n", lines);
    return Flow.parse(text.startsWith("id:") ? text : "id: test\n" + text);
  }

  Execution start(String... lines) {
    return forge.start(flow(lines), Map.of());
  }

  /** Runs to the end, skipping the time between. */
  ExecutionResult run(String... lines) {
    return finish(start(lines));
  }

  ExecutionResult run(Flow flow, Map<String, ? extends @Nullable Object> inputs) {
    return finish(forge.start(flow, inputs));
  }

  /** Skips time until the execution is over. */
  ExecutionResult finish(Execution execution) {
    time.settle();
    while (!execution.status().isFinal() && time.advanceToNextTimer()) {
      time.settle();
    }
    return execution.await(REAL);
  }

  /** The addresses of the nodes that have a status. */
  static Set<String> with(ExecutionResult result, NodeStatus... statuses) {
    Set<String> found = new TreeSet<>();
    for (NodeSnapshot node : result.snapshot().nodes()) {
      if (Arrays.asList(statuses).contains(node.status())) {
        found.add(node.path());
      }
    }
    return found;
  }

  static NodeSnapshot node(ExecutionResult result, String path) {
    return result.snapshot().node(path).orElseThrow();
  }

  static @Nullable Object output(ExecutionResult result, String path) {
    return node(result, path).output();
  }

  @Override
  public void close() {
    forge.close(Duration.ofMillis(50));
  }
}
