package io.flowforge.durable;

import io.flowforge.FlowForge;
import io.flowforge.FlowForgeBuilder;
import io.flowforge.internal.memory.MemoryStore;
import io.flowforge.spi.store.Durability;
import io.flowforge.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Engines with a hand-driven trigger each, on one store and one clock. */
final class Cluster implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(30);

  /** Waits of a second for the engines' threads. */
  private static final int PATIENCE = 30;

  final ManualTime time = ManualTime.create();
  final MemoryStore store = new MemoryStore(time::epochMicros);
  private final List<Node> nodes = new ArrayList<>();

  /** An engine and what belongs to it. */
  static final class Node {
    final HandTrigger trigger = new HandTrigger();
    final FlakyStore store;
    final FlowForge forge;

    private Node(Cluster cluster, UnaryOperator<FlowForgeBuilder> options) {
      store = new FlakyStore(cluster.store.handle(), () -> {}, () -> false);
      forge =
          options
              .apply(
                  FlowForge.builder()
                      .discoverPlugins(false)
                      .time(new Shared(cluster.time))
                      .executor(cluster.time.executor())
                      .store(store)
                      .requireDurability(Durability.NONE)
                      .lease(LEASE)
                      .startDeadline(Duration.ofMillis(50))
                      .seed(cluster.nodes.size() + 1L)
                      .trigger(trigger))
              .build();
    }
  }

  Node node() {
    return node(options -> options);
  }

  Node node(UnaryOperator<FlowForgeBuilder> options) {
    Node node = new Node(this, options);
    nodes.add(node);
    time.settle();
    return node;
  }

  /** Moves the time on second by second, so that nobody misses a renewal. */
  void pass(long seconds) {
    for (int i = 0; i < seconds; i++) {
      time.advance(Duration.ofSeconds(1));
    }
    time.settle();
  }

  /** Moves the time on until something holds, for at most so many seconds. */
  boolean passUntil(BooleanSupplier holds, int seconds) {
    for (int i = 0; i < seconds && !holds.getAsBoolean(); i++) {
      pass(1);
    }
    return isSoon(holds);
  }

  /** Whether something holds once the engines' threads are idle, however slow these are. */
  boolean isSoon(BooleanSupplier holds) {
    for (int i = 0; i < PATIENCE && !holds.getAsBoolean(); i++) {
      time.settle();
    }
    return holds.getAsBoolean();
  }

  /** How many triggers run, over all engines that are named. */
  static int open(Node... nodes) {
    int count = 0;
    for (Node node : nodes) {
      count += node.trigger.open().size();
    }
    return count;
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.forge.close(Duration.ZERO));
    time.close();
  }

  /** The cluster's time, which outlives an engine. */
  private record Shared(ManualTime time) implements io.flowforge.spi.TimeSource {
    @Override
    public long epochMicros() {
      return time.epochMicros();
    }

    @Override
    public Timer schedule(long dueMicros, Runnable task) {
      return time.schedule(dueMicros, task);
    }

    @Override
    public void close() {
      // Other engines go on.
    }
  }
}
