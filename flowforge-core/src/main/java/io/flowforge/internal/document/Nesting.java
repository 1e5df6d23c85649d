package io.flowforge.internal.document;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sorts nodes and edges of one list into the graph itself and the bodies of its loops, by the
 * {@code parentId} of React Flow.
 */
final class Nesting {
  private final Drafts drafts;
  private final Reading reading;

  Nesting(Drafts drafts, Reading reading) {
    this.drafts = drafts;
    this.reading = reading;
  }

  void nest(List<Edge> edges, Flow.Builder graph) {
    boolean flat = true;
    for (Draft draft : drafts.all()) {
      if (draft.parent() != null) {
        requireLoop(draft);
        flat &= draft.parent() == null;
      }
    }
    if (flat) {
      drafts.all().forEach(draft -> graph.node(draft.node()));
      edges.forEach(graph::edge);
      return;
    }
    drafts.all().forEach(this::requireShallow);
    edges.forEach(edge -> place(edge, graph));
    fill(graph);
  }

  /** A parent that is no loop of this graph is reported and forgotten. */
  private void requireLoop(Draft child) {
    Draft parent = drafts.get(child.parent());
    String name = Shown.quoted(child.parent());
    if (parent == null) {
      refuse(child, "parentId names no node of this graph, was " + name + ".");
    } else if (!parent.isLoop()) {
      refuse(child, "parentId must name a loop, was " + name + ".");
    } else if (parent.hasBody()) {
      refuse(child, "loop " + name + " has a body already; give it either a body or children.");
    }
  }

  private void requireShallow(Draft draft) {
    int depth = 0;
    for (Draft up = parent(draft); up != null; up = parent(up)) {
      if (up == draft) {
        refuse(draft, "parentId leads back to the node itself.");
        return;
      }
      if (++depth > Reading.DEEPEST_BODY) {
        refuse(draft, "loops must not be nested deeper than " + Reading.DEEPEST_BODY + ".");
        return;
      }
    }
  }

  private void refuse(Draft child, String message) {
    child.fields().problem(Codes.PARENT, "parentId", message);
    child.forgetParent();
  }

  private @Nullable Draft parent(@Nullable Draft draft) {
    return draft == null ? null : drafts.get(draft.parent());
  }

  private void place(Edge edge, Flow.Builder graph) {
    Draft from = drafts.get(edge.from());
    Draft to = drafts.get(edge.to());
    Draft inside = parent(from == null ? to : from);
    if (from != null && to != null && !Objects.equals(from.parent(), to.parent())) {
      String ends = Shown.quoted(edge.from()) + " to " + Shown.quoted(edge.to());
      String message = "the edge from " + ends + " crosses the border of a loop.";
      Pointer at = Pointer.of(Objects.requireNonNullElse(edge.pointer(), ""));
      String cure = " Join nodes of one body, or the loop itself.";
      reading.findings().add(Codes.EDGE, at, edge.to(), message + cure);
    } else {
      (inside == null ? graph : inside.children()).edge(edge);
    }
  }

  /** Makes the nodes, the inner ones first, and adds each to its graph in document order. */
  private void fill(Flow.Builder graph) {
    Map<Draft, List<Draft>> children = new LinkedHashMap<>();
    for (Draft draft : drafts.all()) {
      Draft parent = parent(draft);
      if (parent != null) {
        children.computeIfAbsent(parent, any -> new ArrayList<>()).add(draft);
      }
    }
    Deque<Draft> order = new ArrayDeque<>();
    drafts.all().stream().filter(draft -> parent(draft) == null).forEach(order::add);
    Deque<Draft> innerFirst = new ArrayDeque<>();
    while (!order.isEmpty()) {
      Draft draft = order.poll();
      innerFirst.push(draft);
      order.addAll(children.getOrDefault(draft, List.of()));
    }
    for (Draft loop : innerFirst) {
      for (Draft child : children.getOrDefault(loop, List.of())) {
        loop.children().node(child.node());
      }
    }
    drafts.all().stream()
        .filter(draft -> parent(draft) == null)
        .forEach(draft -> graph.node(draft.node()));
  }
}
