package io.flowforge.internal.plan;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Node;
import io.flowforge.flow.OnError;
import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Shown;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Edges join nodes that exist, on ports that exist, once, and routed failures have a route. */
final class EdgeChecks {
  private final GraphProblems problems;
  private final Graph graph;
  private final NodePorts ports;

  private EdgeChecks(GraphProblems problems, NodePorts ports) {
    this.problems = problems;
    this.graph = problems.graph();
    this.ports = ports;
  }

  static void check(GraphProblems problems, NodePorts ports) {
    EdgeChecks checks = new EdgeChecks(problems, ports);
    checks.ends();
    checks.nodes();
  }

  private void ends() {
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      int from = graph.source(edge);
      int to = graph.target(edge);
      if (from < 0 || to < 0) {
        int known = Math.max(from, to);
        Edge parts = graph.edge(edge);
        problems.addAtEdge(GraphChecks.EDGE, edge, known, () -> dangling(parts, from < 0, to < 0));
      }
    }
  }

  private String dangling(Edge edge, boolean noSource, boolean noTarget) {
    String place = edge.pointer();
    if (noSource && place != null && place.contains("/dependsOn/")) {
      return "node %s depends on %s, but there is no node of that id.%s Add the node or drop the name."
          .formatted(
              Shown.quoted(edge.to()), Shown.quoted(edge.from()), problems.nodeHint(edge.from()));
    }
    StringBuilder text = new StringBuilder("edge from ").append(Shown.quoted(edge.from()));
    text.append(" to ").append(Shown.quoted(edge.to())).append(": there is no node ");
    if (noSource && noTarget) {
      text.append("of either id.").append(problems.nodeHint(edge.to()));
    } else {
      String wrong = noSource ? edge.from() : edge.to();
      text.append(Shown.quoted(wrong)).append('.').append(problems.nodeHint(wrong));
    }
    return text.append(" Add the node or remove the edge.").toString();
  }

  private void nodes() {
    int[] lastSource = new int[graph.size()];
    Arrays.fill(lastSource, Graph.UNKNOWN);
    for (int node = 0; node < graph.size(); node++) {
      leaving(node, lastSource);
      if (graph.incomingCount(node) > 0 && ports.isTrigger(graph.node(node))) {
        intoTrigger(node);
      }
    }
  }

  /** All that concerns the edges which leave one node. */
  private void leaving(int node, int[] lastSource) {
    int count = graph.outgoingCount(node);
    Set<String> known = count == 0 ? null : ports.of(graph.node(node));
    boolean repeats = false;
    boolean routed = false;
    for (int i = 0; i < count; i++) {
      int edge = graph.outgoing(node, i);
      String port = graph.edge(edge).port();
      if (port.equals(Edge.ERROR)) {
        routed = true;
      } else if (known != null && !known.contains(port)) {
        problems.addAtEdge(GraphChecks.EDGE, edge, node, () -> noPort(node, port, known));
      }
      repeats |= lastSource[graph.target(edge)] == node;
      lastSource[graph.target(edge)] = node;
    }
    if (repeats) {
      repeated(node);
    }
    if (!routed && graph.node(node).onError() == OnError.ROUTE) {
      problems.addAtNode(GraphChecks.EDGE, node, "/onError", () -> noRoute(node));
    }
  }

  private String noPort(int node, String port, Set<String> known) {
    Set<String> all = new LinkedHashSet<>(known);
    all.add(Edge.ERROR);
    Node source = graph.node(node);
    return "node %s of type %s has no port %s; its ports are %s.%s Set the edge's port to one of them."
        .formatted(
            Shown.quoted(source.id()),
            Shown.quoted(source.type()),
            Shown.quoted(port),
            Shown.escaped(String.join(", ", all), 200),
            NearestName.hint(port, all));
  }

  private String noRoute(int node) {
    return "node %s says onError: route, but no edge leaves its port \"error\"; add such an edge or"
            .formatted(Shown.quoted(graph.node(node).id()))
        + " take onError: fail or continue.";
  }

  /** Edges between two nodes may differ in port or condition; equal ones are a slip. */
  private void repeated(int node) {
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < graph.outgoingCount(node); i++) {
      int edge = graph.outgoing(node, i);
      Edge parts = graph.edge(edge);
      String condition = parts.condition();
      if (!seen.add(List.of(parts.to(), parts.port(), condition == null ? "" : condition))) {
        problems.addAtEdge(GraphChecks.EDGE, edge, node, () -> twice(parts));
      }
    }
  }

  private static String twice(Edge edge) {
    return "the edge from %s to %s on port %s is there twice; remove one of them."
        .formatted(Shown.quoted(edge.from()), Shown.quoted(edge.to()), Shown.quoted(edge.port()));
  }

  private void intoTrigger(int node) {
    for (int i = 0; i < graph.incomingCount(node); i++) {
      int edge = graph.incoming(node, i);
      problems.addAtEdge(
          GraphChecks.EDGE,
          edge,
          node,
          () ->
              "edge from %s leads to %s, which is a trigger: triggers begin a flow and nothing"
                      .formatted(
                          Shown.quoted(graph.edge(edge).from()),
                          Shown.quoted(graph.node(node).id()))
                  + " comes before them; remove the edge.");
    }
  }
}
