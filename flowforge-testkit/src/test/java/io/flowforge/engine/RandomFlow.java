package io.flowforge.engine;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Join;
import io.flowforge.flow.Node;
import io.flowforge.flow.OnError;
import io.flowforge.flow.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A flow made by chance from a seed: what each node does, how long it takes, and how they are
 * joined.
 *
 * @param flow the flow, all of scripted nodes of one type
 * @param behaviours what each node does, by position
 */
record RandomFlow(Flow flow, List<Behaviour> behaviours) {
  /** What a node does. */
  record Behaviour(boolean fails, String port, Duration takes) {}

  /** How nodes are carried out; the result must not depend on it. */
  enum Style {
    INLINE,
    STAGES,
    POOL
  }

  static RandomFlow of(long seed, Style style, Settings settings) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 2 + random.nextInt(14);
    Flow.Builder flow = Flow.builder("random").settings(settings);
    List<Behaviour> behaviours = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      behaviours.add(
          new Behaviour(
              random.nextInt(6) == 0,
              List.of("main", "main", "left", "right").get(random.nextInt(4)),
              Duration.ofSeconds(random.nextInt(20))));
      Set<Integer> sources = new TreeSet<>();
      for (int e = random.nextInt(4); e > 0 && n > 0; e--) {
        sources.add(random.nextInt(n));
      }
      flow.node(node(random, n, sources.size(), style));
      for (int from : sources) {
        flow.edge(edge(random, from, n));
      }
    }
    return new RandomFlow(flow.build(), behaviours);
  }

  private static Node node(SplittableRandom random, int n, int edges, Style style) {
    Node.Builder node = Node.builder("n" + n, style == Style.POOL ? "slow" : "quick");
    int join = random.nextInt(6);
    if (join == 0 && edges > 1) {
      node.join(Join.ANY);
    } else if (join == 1 && edges > 1) {
      node.join(Join.atLeast(1 + random.nextInt(edges)));
    }
    if (random.nextInt(5) == 0) {
      node.onError(OnError.CONTINUE);
    }
    if (random.nextInt(12) == 0) {
      node.disabled(true);
    }
    return node.build();
  }

  private static Edge edge(SplittableRandom random, int from, int to) {
    Edge edge = Edge.of("n" + from, "n" + to);
    int port = random.nextInt(8);
    if (port == 0) {
      edge = edge.onPort("error");
    } else if (port == 1) {
      edge = edge.onPort("left");
    }
    int condition = random.nextInt(8);
    if (condition == 0) {
      edge = edge.when("1 > 2");
    } else if (condition == 1) {
      edge = edge.when("size('ab') == 2");
    }
    return edge;
  }

  /** Writes down in a lab what the nodes do. */
  void script(Lab lab, Style style) {
    for (int n = 0; n < behaviours.size(); n++) {
      Behaviour behaviour = behaviours.get(n);
      lab.on(
          "n" + n, context -> style == Style.STAGES ? staged(lab, behaviour) : outcome(behaviour));
    }
  }

  private static Object staged(Lab lab, Behaviour behaviour) {
    return lab.later(behaviour.takes, null).thenApply(none -> outcome(behaviour));
  }

  private static Object outcome(Behaviour behaviour) {
    if (behaviour.fails) {
      throw io.flowforge.spi.ActionException.permanent("BY-CHANCE", "it was drawn to fail");
    }
    return io.flowforge.spi.Output.on(behaviour.port, behaviour.port);
  }
}
