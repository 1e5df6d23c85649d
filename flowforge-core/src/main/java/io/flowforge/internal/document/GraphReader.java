package io.flowforge.internal.document;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.internal.text.Pointer;
import io.flowforge.internal.text.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the nodes and edges of one graph. Edges may dangle, and ids be reserved in expressions:
 * that is for the planner to say, of flows made in code as well.
 */
final class GraphReader {
  private final Reading reading;
  private final NodeReader nodes;
  private Drafts drafts = new Drafts(0);

  /** Ids of nodes that were refused: edges that name them are left out without another word. */
  private final Set<String> refused = new HashSet<>();

  GraphReader(Reading reading, FlowReader flows) {
    this.reading = reading;
    this.nodes = new NodeReader(flows);
  }

  /** Adds what it finds to the target; false when there are no nodes at all. */
  boolean read(Fields owner, Flow.Builder target) {
    Object written = owner.raw("nodes");
    if (written instanceof Map<?, ?>) {
      nodeMap(owner);
    } else if (written instanceof List<?> list) {
      nodeList(owner, list);
    } else if (written == null) {
      owner.problem(Codes.EMPTY, "nodes is missing: a flow needs at least one node.");
      return false;
    } else {
      String was = Shown.quoted(written);
      owner.problem(
          Codes.SHAPE, "nodes", "nodes must be a list, or a map by node id, was " + was + ".");
      return false;
    }
    new Nesting(drafts, reading).nest(edges(owner), target);
    return !drafts.isEmpty();
  }

  private void nodeList(Fields owner, List<?> list) {
    Pointer at = owner.pointer().at("nodes");
    requireSome(owner, list.isEmpty());
    reading.countNodes(list.size(), at);
    drafts = new Drafts(list.size());
    for (int i = 0; i < list.size(); i++) {
      Fields fields = Fields.of(list.get(i), at.at(i), owner.node(), reading.findings());
      if (fields != null) {
        node(fields, listId(fields), "id");
      }
    }
  }

  private void nodeMap(Fields owner) {
    Fields map = owner.object("nodes");
    if (map == null) {
      return;
    }
    requireSome(owner, map.values().isEmpty());
    reading.countNodes(map.values().size(), map.pointer());
    drafts = new Drafts(map.values().size());
    map.values()
        .forEach(
            (id, value) -> {
              Fields fields =
                  Fields.of(value, map.pointer().at(id), owner.node(), reading.findings());
              if (fields != null) {
                requireSameId(fields, id);
                node(fields, id, "");
              }
            });
  }

  private static void requireSome(Fields owner, boolean empty) {
    if (empty) {
      owner.problem(Codes.EMPTY, "nodes", "nodes is empty: a flow needs at least one node.");
    }
  }

  private static @Nullable String listId(Fields fields) {
    Object id = fields.raw("id");
    if (id instanceof String text) {
      return text;
    }
    String was = fields.mentions("id") ? "was " + Shown.quoted(id) : "is missing";
    fields.problem(Codes.ID, "id", "node id must be text, " + was + ".");
    return null;
  }

  private static void requireSameId(Fields fields, String id) {
    if (fields.has("id") && !id.equals(fields.raw("id"))) {
      fields.problem(
          Codes.ID, "id", "id must be the key " + Shown.quoted(id) + " of the node, or left out.");
    }
  }

  private void node(Fields anonymous, @Nullable String id, String idKey) {
    if (id != null && isFree(anonymous, id, idKey)) {
      drafts.add(nodes.read(anonymous.of(id), id));
    } else {
      // Its id is no use, but its other parts may still have problems of their own.
      nodes.read(anonymous, "x");
    }
  }

  private boolean isFree(Fields fields, String id, String idKey) {
    Pointer at = idKey.isEmpty() ? fields.pointer() : fields.pointer().at(idKey);
    if (!Slug.isId(id)) {
      String message = "node id " + Slug.RULE + ", was " + Shown.quoted(id) + ".";
      return refuse(id, Codes.ID, at, null, message);
    }
    Draft other = drafts.like(id);
    if (other == null) {
      return true;
    }
    String near = "differs from " + other.id() + " only in case";
    String clash = other.id().equals(id) ? "is used twice" : near;
    String message = "node id " + Shown.quoted(id) + " " + clash + ".";
    String rule = " Ids must be unique, whatever their case.";
    return refuse(id, Codes.DUPLICATE_ID, at, id, message + rule);
  }

  private boolean refuse(
      String id, String code, Pointer at, @Nullable String node, String message) {
    reading.findings().add(code, at, node, message);
    refused.add(id);
    return false;
  }

  private List<Edge> edges(Fields owner) {
    List<Edge> edges = new ArrayList<>();
    if (owner.has("edges") && owner.has("connections")) {
      owner.problem(
          Codes.KEY, "connections", "connections is another name of edges; keep one of them.");
    }
    String key = owner.has("edges") ? "edges" : "connections";
    List<?> list = owner.list(key);
    if (list != null) {
      Pointer at = owner.pointer().at(key);
      reading.countEdges(list.size(), at);
      for (int i = 0; i < list.size(); i++) {
        Edge edge = EdgeReader.read(list.get(i), at.at(i), owner.node(), reading.findings());
        if (edge != null && !isRefused(edge)) {
          edges.add(edge);
        }
      }
    }
    dependencies(edges);
    return edges;
  }

  private boolean isRefused(Edge edge) {
    return !refused.isEmpty() && (isRefused(edge.from()) || isRefused(edge.to()));
  }

  private boolean isRefused(String id) {
    return refused.contains(id) && drafts.get(id) == null;
  }

  private void dependencies(List<Edge> edges) {
    Set<Edge> drawn = new HashSet<>(edges);
    for (Draft draft : drafts.all()) {
      Fields fields = draft.fields();
      if (fields.has("dependsOn") || fields.has("dependencies")) {
        List<Edge> own = new ArrayList<>(2);
        dependencies(draft, "dependsOn", own);
        dependencies(draft, "dependencies", own);
        // A dependency that an edge tells as well, or that is told twice, is one edge.
        own.removeIf(drawn::contains);
        edges.addAll(own.size() > 1 ? new LinkedHashSet<>(own) : own);
      }
    }
  }

  private void dependencies(Draft draft, String key, List<Edge> edges) {
    List<?> list = draft.fields().list(key);
    if (list == null) {
      return;
    }
    Pointer at = draft.fields().pointer().at(key);
    reading.countEdges(list.size(), at);
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof String from)) {
        String was = Shown.quoted(list.get(i));
        String message = key + " must hold node ids only, was " + was + ".";
        reading.findings().add(Codes.SHAPE, at.at(i), draft.id(), message);
      } else if (!isRefused(from)) {
        edges.add(Edge.of(from, draft.id()).at(at.at(i).toString()));
      }
    }
  }
}
