package io.flowforge.internal.run;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Explanation;
import io.flowforge.execution.Explanation.EdgeState;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.execution.Timestamps;
import io.flowforge.internal.expression.Reference;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.internal.plan.Roots;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells from the state of a run why a node run is as it is. */
final class Explainer {
  private final Scope scope;
  private final int n;
  private final NodeSnapshot node;

  private Explainer(Scope scope, int n) {
    this.scope = scope;
    this.n = n;
    this.node = Snapshots.node(scope, n);
  }

  static Explanation explain(Scope root, String path) {
    Place place = Place.find(root, path);
    if (place == null) {
      throw new FlowForgeException(
          "FF-NODE-UNKNOWN",
          "execution "
              + root.run.id()
              + " has no node run \""
              + path
              + "\"; addresses look like charge or each[3]/charge");
    }
    Explainer explainer = new Explainer(place.scope(), place.node());
    return new Explanation(
        explainer.node.path(),
        explainer.node.status(),
        explainer.story(),
        explainer.edges(),
        explainer.sources());
  }

  private List<String> story() {
    List<String> story = new ArrayList<>();
    story.add(begin());
    story.addAll(edits());
    if (node.startedAt() != null && node.attempts() > 0) {
      story.add("its first attempt began at " + Timestamps.text(node.startedAt()));
    }
    if (node.attempts() > 1) {
      story.add("it was tried " + node.attempts() + " times");
    }
    if (node.error() != null && node.status() != NodeStatus.FAILED) {
      story.add("an attempt failed with " + node.error().code() + ": " + node.error().message());
    }
    story.add(end());
    return story;
  }

  /** The variables of its config that an operator had set before it began. */
  private List<String> edits() {
    List<String> told = new ArrayList<>();
    long began = scope.startedMicros(n);
    scope
        .run
        .edits()
        .times()
        .forEach(
            (name, at) -> {
              boolean earlier = began == 0 || at <= began;
              if (earlier && reads(name)) {
                told.add("variable " + name + " was set by an operator at " + Timestamps.text(at));
              }
            });
    return told;
  }

  private boolean reads(String variable) {
    return scope.plan.nodes[n].config.references().stream()
        .filter(reference -> reference.name().equals("vars"))
        .anyMatch(reference -> (reference.path() + ".").startsWith(variable + "."));
  }

  private String begin() {
    PlanNode planned = scope.plan.nodes[n];
    int degree = scope.plan.inDegree[n];
    int taken = (int) edges().stream().filter(edge -> edge.state() == EdgeState.TAKEN).count();
    if (degree == 0) {
      return "it is an entry node: it has no incoming edges";
    }
    String join =
        planned.needed == 0
            ? "it waits for all its incoming edges and needs one of them taken"
            : "it starts at "
                + planned.needed
                + " taken "
                + (planned.needed == 1 ? "edge" : "edges");
    return join + "; " + taken + " of " + degree + (taken == 1 ? " was taken" : " were taken");
  }

  private String end() {
    String at = node.finishedAt() == null ? "" : " at " + Timestamps.text(node.finishedAt());
    String reason = node.reason() == null ? "" : ": " + node.reason();
    return switch (node.status()) {
      case PENDING -> "it has not started" + reason;
      case RUNNING -> "attempt " + node.attempts() + " is under way";
      case WAITING -> "it waits" + reason;
      case COMPLETED -> "it completed" + at + " and left through port " + node.port() + reason;
      case FAILED ->
          "it failed"
              + at
              + (node.error() == null
                  ? ""
                  : " with " + node.error().code() + ": " + node.error().message());
      case SKIPPED -> "it was skipped" + reason;
      case CANCELLED -> "it was stopped" + at;
      case COMPENSATED -> "it completed and was undone later";
      case COMPENSATION_FAILED -> "it completed, and undoing it failed" + reason;
    };
  }

  private List<Explanation.IncomingEdge> edges() {
    Plan plan = scope.plan;
    int[] counted = scope.takenEdges(n);
    List<Explanation.IncomingEdge> edges = new ArrayList<>();
    for (int i = plan.inStart[n]; i < plan.inStart[n + 1]; i++) {
      int k = plan.inEdge[i];
      PlanNode from = plan.nodes[plan.source[k]];
      String condition =
          plan.condition == null || plan.condition[k] == null ? null : plan.condition[k].source();
      edges.add(
          new Explanation.IncomingEdge(
              from.id, from.portName(plan.port[k]), condition, state(k, counted)));
    }
    return edges;
  }

  private EdgeState state(int k, int[] counted) {
    if (scope.isDead(k)) {
      return EdgeState.DEAD;
    }
    if (!scope.isTaken(k)) {
      return EdgeState.UNDECIDED;
    }
    return Arrays.stream(counted).anyMatch(one -> one == k) ? EdgeState.TAKEN : EdgeState.IGNORED;
  }

  private List<Explanation.Source> sources() {
    List<Explanation.Source> sources = new ArrayList<>();
    for (Reference reference : scope.plan.nodes[n].config.references()) {
      sources.add(
          new Explanation.Source(
              reference.pointer(),
              reference.expression(),
              reference.name(),
              reference.path(),
              via(reference),
              value(reference)));
    }
    return sources;
  }

  /** The value of the reference as it is now; node outputs do not change any more. */
  private @Nullable Object value(Reference reference) {
    boolean shown =
        reference.kind() == Reference.Kind.ROOT || reference.kind() == Reference.Kind.NODE;
    if (node.startedAt() == null || !shown) {
      return null;
    }
    return ReferenceValue.of(reference, new Env(scope, n));
  }

  /** A shortest way along the edges from the node that a reference names to this one. */
  private List<String> via(Reference reference) {
    if (reference.kind() != Reference.Kind.NODE) {
      return List.of();
    }
    Scope at = scope;
    int to = n;
    for (int up = reference.slot() >>> Roots.LEVEL_SHIFT; up > 0 && at.parent != null; up--) {
      to = at.plan.parentNode;
      at = at.parent;
    }
    return path(at.plan, reference.slot() & Roots.NODE_MASK, to);
  }

  /** Ids along a shortest way from one node to another, empty if there is none. */
  static List<String> path(Plan plan, int from, int to) {
    int[] next = new int[plan.nodes.length];
    Arrays.fill(next, -1);
    ArrayDeque<Integer> todo = new ArrayDeque<>(List.of(to));
    next[to] = to;
    while (!todo.isEmpty() && next[from] < 0) {
      int node = todo.poll();
      for (int i = plan.inStart[node]; i < plan.inStart[node + 1]; i++) {
        int before = plan.source[plan.inEdge[i]];
        if (next[before] < 0) {
          next[before] = node;
          todo.add(before);
        }
      }
    }
    if (next[from] < 0) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    for (int node = from; node != to; node = next[node]) {
      ids.add(plan.nodes[node].id);
    }
    ids.add(plan.nodes[to].id);
    return Collections.unmodifiableList(ids);
  }
}
