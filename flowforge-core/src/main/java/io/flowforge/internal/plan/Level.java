package io.flowforge.internal.plan;

import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import io.flowforge.internal.expression.Reference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One level of a flow while it is planned: its graph, its types, and what it refers to. */
final class Level {
  final Flow flow;
  final Graph graph;
  final @Nullable Level parent;

  /** The node of the parent whose body this is; -1 at the top. */
  final int parentNode;

  /** Whether the parent's node itself may be referred to: a compensation may use its own node. */
  final boolean ownVisible;

  final String pointer;
  final NodeTypes.@Nullable Known[] types;

  /** References of nodes of this level, or of bodies in it, to nodes of this level. */
  private final List<Use> uses = new ArrayList<>();

  /** A reference to be checked: {@code node} of this level refers to {@code to}. */
  record Use(int to, int node, String pointer, String expression) {}

  Level(
      Flow flow,
      String pointer,
      @Nullable Level parent,
      int parentNode,
      boolean ownVisible,
      NodeTypes catalog) {
    this.flow = flow;
    this.pointer = pointer;
    this.parent = parent;
    this.parentNode = parentNode;
    this.ownVisible = ownVisible;
    this.graph = Graph.of(flow);
    this.types = new NodeTypes.Known[flow.nodes().size()];
    for (int n = 0; n < types.length; n++) {
      types[n] = catalog.find(flow.nodes().get(n).type());
    }
  }

  /** The level of the whole flow. */
  Level root() {
    Level at = this;
    while (at.parent != null) {
      at = at.parent;
    }
    return at;
  }

  /** Where a node stands. */
  String pointer(int n) {
    Node node = flow.nodes().get(n);
    return node.pointer() != null ? node.pointer() : pointer + "/nodes/" + n;
  }

  String configPointer(int n) {
    return pointer(n) + "/" + flow.nodes().get(n).configKey();
  }

  String edgePointer(int e) {
    String own = flow.edges().get(e).pointer();
    return own != null ? own : pointer + "/edges/" + e;
  }

  /** Notes what a text at some place of a node reads; -1 is the level's outputs, which see all. */
  void note(int node, boolean ownAllowed, String place, Reference reference) {
    if (reference.kind() != Reference.Kind.NODE) {
      return;
    }
    int up = reference.slot() >>> Roots.LEVEL_SHIFT;
    int to = reference.slot() & Roots.NODE_MASK;
    Level level = this;
    int from = node;
    boolean own = ownAllowed;
    for (int i = 0; i < up && level.parent != null; i++) {
      from = level.parentNode;
      own = level.ownVisible;
      level = level.parent;
    }
    if (from >= 0 && !(own && to == from)) {
      level.uses.add(new Use(to, from, place + reference.pointer(), reference.expression()));
    }
  }

  /** The noted references to nodes that do not come before. */
  List<Use> outOfReach() {
    int[] to = new int[uses.size()];
    int[] from = new int[to.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = uses.get(i).to();
      from[i] = uses.get(i).node();
    }
    BitSet reached = Upstream.of(graph, to, from);
    List<Use> wrong = new ArrayList<>();
    for (int i = 0; i < to.length; i++) {
      if (!reached.get(i)) {
        wrong.add(uses.get(i));
      }
    }
    return wrong;
  }
}
