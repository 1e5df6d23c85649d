package io.flowforge.benchmarks;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The flows that are measured. */
final class Flows {
  private static final long SEED = 42;

  @SuppressWarnings("UnnecessaryLambda") // one object for all nodes
  private static final UnaryOperator<Node.Builder> NAMED = node -> node.config("name", "x");

  private Flows() {}

  /** A flow by its name: chain10, fan100, layered1000, diamond8, wait100ms, … */
  static Flow of(String name) {
    if (name.startsWith("chain")) {
      return chain(Integer.parseInt(name.substring(5)));
    }
    if (name.startsWith("fan")) {
      return fan(Integer.parseInt(name.substring(3)));
    }
    return switch (name) {
      case "layered1000" -> layered(20, 50, 3);
      case "diamond8" -> diamond();
      case "wait100ms" -> waiting();
      default -> throw new IllegalArgumentException("no flow is called " + name);
    };
  }

  private static Flow chain(int nodes) {
    Flow.Builder flow = Flow.builder("chain" + nodes);
    for (int i = 0; i < nodes; i++) {
      flow.node("n" + i, NoOp.TYPE, NAMED);
      if (i > 0) {
        flow.edge("n" + (i - 1), "n" + i);
      }
    }
    return flow.build();
  }

  /** One node, so many at once, and one behind them all. */
  private static Flow fan(int width) {
    Flow.Builder flow = Flow.builder("fan" + width);
    flow.node("begin", NoOp.TYPE, NAMED).node("end", NoOp.TYPE, NAMED);
    for (int i = 0; i < width; i++) {
      flow.node("n" + i, NoOp.TYPE, NAMED).edge("begin", "n" + i).edge("n" + i, "end");
    }
    return flow.build();
  }

  /** Layers in which every node has a few random predecessors in the layer before. */
  private static Flow layered(int layers, int width, int predecessors) {
    SplittableRandom random = new SplittableRandom(SEED);
    Flow.Builder flow = Flow.builder("layered" + layers * width);
    for (int layer = 0; layer < layers; layer++) {
      for (int i = 0; i < width; i++) {
        String id = "n" + layer + "-" + i;
        flow.node(id, NoOp.TYPE, NAMED);
        TreeSet<Integer> before = new TreeSet<>();
        while (layer > 0 && before.size() < predecessors) {
          before.add(random.nextInt(width));
        }
        for (int from : before) {
          flow.edge("n" + (layer - 1) + "-" + from, id);
        }
      }
    }
    return flow.build();
  }

  /** Two branches, a condition over an output, a text with an expression in it, and a join. */
  private static Flow diamond() {
    return Flow.builder("diamond8")
        .node("in", NoOp.TYPE, NAMED)
        .node("left", NoOp.TYPE, NAMED)
        .node("right", NoOp.TYPE, NAMED)
        .node("check", "conditional", n -> n.config("condition", "left.output.v > 0"))
        .node("yes", NoOp.TYPE, NAMED)
        .node("no", NoOp.TYPE, NAMED)
        .node("text", "echo", n -> n.config("text", "total ${left.output.v}"))
        .node("out", NoOp.TYPE, NAMED)
        .edge("in", "left")
        .edge("in", "right")
        .edge("left", "check")
        .edge(Edge.of("check", "yes").onPort("true"))
        .edge(Edge.of("check", "no").onPort("false"))
        .edge("yes", "text")
        .edge("no", "text")
        .edge("right", "text")
        .edge("text", "out")
        .build();
  }

  private static Flow waiting() {
    return Flow.builder("wait100ms")
        .node("wait", "wait", n -> n.config("duration", "100ms"))
        .build();
  }
}
