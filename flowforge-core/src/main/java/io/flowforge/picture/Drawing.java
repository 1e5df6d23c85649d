package io.flowforge.picture;

import io.flowforge.execution.NodeSnapshot;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import io.flowforge.internal.plan.CriticalPath;
import io.flowforge.internal.plan.Graph;
import io.flowforge.picture.PictureEdge.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a flow and what is known of its run together, level by level. */
final class Drawing {
  /** Bodies within bodies within bodies: deeper ones are not drawn. */
  private static final int DEEPEST = 16;

  private final Graph graph;
  private final Runs runs;
  private final String prefix;
  private final int depth;
  private final List<PictureNode> nodes = new ArrayList<>();
  private final List<PictureEdge> edges = new ArrayList<>();

  private Drawing(Flow level, Runs runs, String prefix, int depth) {
    this.graph = Graph.of(level);
    this.runs = runs;
    this.prefix = prefix;
    this.depth = depth;
  }

  static PictureGraph of(Flow flow, Runs runs) {
    Drawing drawing = new Drawing(flow, runs, "", 0);
    drawing.draw();
    if (runs.isPresent()) {
      drawing.markCriticalPath();
    }
    return new PictureGraph(drawing.nodes, drawing.edges);
  }

  private void draw() {
    for (int i = 0; i < graph.size(); i++) {
      Node node = graph.node(i);
      nodes.add(new PictureNode(path(i), node, runs.run(path(i)), body(node, path(i))));
    }
    for (int i = 0; i < graph.edgeCount(); i++) {
      if (isDrawn(i)) {
        edges.add(new PictureEdge(graph.source(i), graph.target(i), graph.edge(i), state(i)));
      }
    }
  }

  private Optional<PictureGraph> body(Node node, String path) {
    if (depth == DEEPEST || node.body().isEmpty()) {
      return Optional.empty();
    }
    Drawing inside = new Drawing(node.body().get(), runs, path + "/", depth + 1);
    inside.draw();
    return Optional.of(new PictureGraph(inside.nodes, inside.edges));
  }

  private String path(int node) {
    return prefix + graph.node(node).id();
  }

  private boolean isDrawn(int edge) {
    return graph.source(edge) >= 0 && graph.target(edge) >= 0;
  }

  private State state(int index) {
    if (!runs.isPresent()) {
      return State.DRAWN;
    }
    Edge edge = graph.edge(index);
    String source = path(graph.source(index));
    if (runs.hasLeft(source, edge.port())) {
      boolean taken = edge.condition() == null || runs.hasRun(path(graph.target(index)));
      return taken ? State.TAKEN : runs.isOver(source) ? State.DEAD : State.OPEN;
    }
    return runs.isOver(source) ? State.DEAD : State.OPEN;
  }

  /** Only at the outermost level: within a loop there are many runs of each node. */
  private void markCriticalPath() {
    long[] durations = new long[graph.size()];
    for (int i = 0; i < durations.length; i++) {
      durations[i] = runs.first(path(i)).map(Drawing::nanos).orElse(CriticalPath.NOT_RUN);
    }
    int[] path = CriticalPath.of(graph, durations, this::isWalked);
    boolean[] marked = new boolean[graph.size()];
    int[] next = new int[graph.size()];
    for (int i = 0; i < path.length; i++) {
      marked[path[i]] = true;
      next[path[i]] = i + 1 < path.length ? path[i + 1] : Graph.UNKNOWN;
    }
    nodes.replaceAll(node -> marked[graph.index(node.node().id())] ? critical(node) : node);
    edges.replaceAll(
        edge ->
            edge.state() == State.TAKEN
                    && marked[edge.source()]
                    && next[edge.source()] == edge.target()
                ? new PictureEdge(edge.source(), edge.target(), edge.edge(), State.CRITICAL)
                : edge);
  }

  private static PictureNode critical(PictureNode node) {
    return new PictureNode(
        node.path(), node.node(), node.run().map(PictureRun::onCriticalPath), node.body());
  }

  private static long nanos(NodeSnapshot node) {
    Instant start = node.startedAt();
    Instant end = node.finishedAt();
    if (start == null) {
      return CriticalPath.NOT_RUN;
    }
    return end == null ? 0 : Math.max(0, Duration.between(start, end).toNanos());
  }

  /** Taken, and not only after its target had started because another edge was enough for it. */
  private boolean isWalked(int edge) {
    if (!isDrawn(edge) || state(edge) != State.TAKEN) {
      return false;
    }
    Instant end = runs.first(path(graph.source(edge))).map(NodeSnapshot::finishedAt).orElse(null);
    Instant start = runs.first(path(graph.target(edge))).map(NodeSnapshot::startedAt).orElse(null);
    return end != null && start != null && !start.isBefore(end);
  }
}
