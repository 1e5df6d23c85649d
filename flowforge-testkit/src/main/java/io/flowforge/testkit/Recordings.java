package io.flowforge.testkit;

import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.execution.NodeStatus;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A recorded execution, and those that its sub-flow nodes have started, as far as they are given.
 *
 * <p>Executions of one flow stand in one group: the empty one is that of the first; then {@code
 * flow:ID} for a flow that is named, and the group and the place of the node for one that stands in
 * it. A place is an address without iterations. For all runs of a sub-flow node at one place either
 * the executions are given, and it runs, or it gives what it gave.
 */
final class Recordings {
  static final String NAMED = "flow:";
  private static final String SUBFLOW = "subflow";

  /** A sub-flow node of the flow of a group. */
  private record Place(String group, String place) {}

  private final ExecutionSnapshot root;
  private final Map<String, ExecutionSnapshot> all = new LinkedHashMap<>();
  private final Map<String, String> groups = new LinkedHashMap<>();
  private final Set<Place> started = new LinkedHashSet<>();
  private final Set<Place> given = new LinkedHashSet<>();
  private final Map<Place, String> missing = new LinkedHashMap<>();

  private Recordings(List<ExecutionSnapshot> executions) {
    this.root = executions.get(0);
    executions.forEach(one -> all.put(one.id(), one));
  }

  /** Of the execution in front and others that it has started. */
  static Recordings of(List<ExecutionSnapshot> executions) {
    Recordings recordings = new Recordings(executions);
    recordings.connect();
    recordings.check();
    return recordings;
  }

  ExecutionSnapshot root() {
    return root;
  }

  /** All of them, the first in front. */
  Collection<ExecutionSnapshot> all() {
    return all.values();
  }

  Optional<ExecutionSnapshot> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  String group(ExecutionSnapshot execution) {
    return groups.getOrDefault(execution.id(), "");
  }

  /** The group of a flow that stands in a node of another. */
  static String inline(String group, String place) {
    return group + "/" + place + "!";
  }

  /** Whether the runs of a node give what they gave, instead of running a flow. */
  boolean standsIn(String group, String place) {
    Place node = new Place(group, place);
    return started.contains(node) && !given.contains(node);
  }

  static boolean isSubflow(NodeSnapshot node) {
    return node.type().equals(SUBFLOW) && node.status() != NodeStatus.SKIPPED;
  }

  static String place(NodeSnapshot node) {
    return node.path().replaceAll("\\[\\d+\\]", "");
  }

  // ---- who started whom

  private void connect() {
    ArrayDeque<ExecutionSnapshot> open = new ArrayDeque<>(List.of(root));
    groups.put(root.id(), "");
    while (!open.isEmpty()) {
      ExecutionSnapshot execution = open.poll();
      execution.nodes().stream()
          .filter(node -> isSubflow(node) && node.attempts() > 0)
          .forEach(node -> open.addAll(children(execution, node)));
    }
  }

  private List<ExecutionSnapshot> children(ExecutionSnapshot parent, NodeSnapshot node) {
    Place place = new Place(group(parent), place(node));
    started.add(place);
    String first = parent.id() + "." + node.path();
    List<ExecutionSnapshot> children = new ArrayList<>();
    for (int number = 1; number <= node.attempts() || children.size() >= number - 1; number++) {
      ExecutionSnapshot child = all.get(number == 1 ? first : first + "~" + number);
      if (child != null && !groups.containsKey(child.id())) {
        groups.put(child.id(), group(parent, place, child));
        children.add(child);
      }
    }
    if (!children.isEmpty()) {
      given.add(place);
    } else if (node.status() == NodeStatus.COMPLETED) {
      missing.put(place, first);
    }
    return children;
  }

  private static String group(ExecutionSnapshot parent, Place at, ExecutionSnapshot child) {
    return standsInParent(parent.flow(), at.place)
        ? inline(at.group, at.place)
        : NAMED + child.flow().id();
  }

  private static boolean standsInParent(Flow flow, String place) {
    Flow level = flow;
    for (String id : place.split("/", -1)) {
      if (level == null) {
        return false;
      }
      level =
          level.nodes().stream()
              .filter(node -> node.id().equals(id))
              .findFirst()
              .flatMap(Node::body)
              .orElse(null);
    }
    return level != null;
  }

  private void check() {
    for (String id : all.keySet()) {
      if (!groups.containsKey(id)) {
        throw new IllegalArgumentException(
            "execution "
                + id
                + " is given as one of a sub-flow, and none of the others has started it");
      }
    }
    missing.forEach(
        (place, id) -> {
          if (given.contains(place)) {
            throw new IllegalArgumentException(
                "execution "
                    + id
                    + " is missing, others that node "
                    + place.place
                    + " has started are given; export it as well, or give none of them");
          }
        });
  }
}
