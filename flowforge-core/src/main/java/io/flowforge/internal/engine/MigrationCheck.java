package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.InvalidFlowException;
import io.flowforge.MigrationPlan;
import io.flowforge.execution.ExecutionSnapshot;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.NodeSnapshot;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import io.flowforge.flow.Problem;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.run.JournalEntries;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the journal of an execution means the same with another version of its flow.
 *
 * <p>Nodes are compared as they stand in the documents, since the old version may have node types
 * that this engine does not know; then the journal is applied to the new version, as whoever goes
 * on with it will do.
 */
final class MigrationCheck {
  private static final Set<String> OF_NODES = Set.of("begin", "retry", "end");

  private final ExecutionAccess on;
  private final StoredExecution stored;
  private final Flow before;
  private final Plan plan;
  private final Flow after;
  private final List<Problem> problems = new ArrayList<>();

  /** Nodes that have begun, by their place without iterations; true for those that are over. */
  private final Map<String, Boolean> begun = new TreeMap<>();

  private boolean decided;

  MigrationCheck(ExecutionAccess on, StoredExecution stored, Plan plan) {
    this.on = on;
    this.stored = stored;
    this.before = on.archive().flow(stored.head().flowHash());
    this.plan = plan;
    this.after = plan.flow;
  }

  /** What becomes of it in a status, with what stands in the way already. */
  MigrationPlan plan(ExecutionStatus status, List<Problem> more) {
    JournalEntries.of(stored.pages()).forEach(this::note);
    List<NodeSnapshot> known = known();
    String hash = stored.head().flowHash();
    if (!hash.equals(after.contentHash())) {
      findProblems(known);
    }
    List<String> over =
        known.stream()
            .filter(node -> node.status().isFinal() && node.path().equals(node.nodeId()))
            .map(NodeSnapshot::nodeId)
            .toList();
    return new MigrationPlan(
        stored.head().id(),
        status,
        hash,
        after.contentHash(),
        new NodeChanges(begun, over).between(before, after),
        new MigrationPlan.Variables(
            declared(before.variables(), after.variables(), true),
            newVariables(),
            declared(before.variables(), after.variables(), false)),
        all(more));
  }

  private List<Problem> all(List<Problem> more) {
    problems.addAll(more);
    problems.sort(null);
    return problems;
  }

  /** Names of a version that the other has as well, or has not. */
  private static List<String> declared(Map<String, ?> names, Map<String, ?> others, boolean both) {
    return names.keySet().stream().filter(name -> others.containsKey(name) == both).toList();
  }

  private void findProblems(List<NodeSnapshot> known) {
    if (!before.id().equals(after.id())) {
      add(
          "FF-MIGRATE-FLOW",
          null,
          "the execution is one of flow " + before.id() + ", the new flow is " + after.id());
      return;
    }
    if (decided) {
      add("FF-MIGRATE-ENDING", null, "how the execution ends is decided already; let it end");
    }
    checkInputs();
    begun.forEach(this::checkNode);
    if (problems.isEmpty()) {
      checkState(known);
    }
  }

  /** Variables that only the new version declares, with their first values. */
  private Map<String, Object> newVariables() {
    Map<String, Object> added = new LinkedHashMap<>();
    after
        .variables()
        .forEach(
            (name, value) -> {
              if (!before.variables().containsKey(name)) {
                added.put(name, value);
              }
            });
    return added;
  }

  private void add(String code, @Nullable String node, String message) {
    problems.add(new Problem(code, "", node, message));
  }

  private void note(Map<?, ?> entry) {
    String kind = JournalEntries.kind(entry);
    if (OF_NODES.contains(kind)) {
      String place = String.valueOf(entry.get(kind)).replaceAll("\\[\\d+\\]", "");
      begun.merge(place, kind.equals("end"), Boolean::logicalOr);
    }
    decided |= kind.equals("decided") || kind.equals("undo");
  }

  private void checkInputs() {
    Map<String, Object> given = Restarts.start(stored.head()).inputs();
    after
        .inputs()
        .ifPresent(
            declared ->
                declared.keySet().stream()
                    .filter(name -> !given.containsKey(name))
                    .filter(name -> !before.inputs().orElse(Map.of()).containsKey(name))
                    .forEach(
                        name ->
                            add(
                                "FF-MIGRATE-INPUT",
                                null,
                                "the execution was started without input "
                                    + name
                                    + ", which the new flow declares; make it a variable")));
    newVariables()
        .forEach(
            (name, value) -> {
              if (String.valueOf(value).contains("${")) {
                add(
                    "FF-MIGRATE-VARIABLE",
                    null,
                    "new variable " + name + " begins with an expression; give it a value");
              }
            });
  }

  // ---- nodes

  /** A level of a flow, and a node in it. */
  private record Found(Flow level, Node node) {}

  private static Optional<Found> find(Flow flow, String place) {
    Flow level = flow;
    String[] ids = place.split("/", -1);
    for (int i = 0; i < ids.length; i++) {
      String id = ids[i];
      Node node =
          level.nodes().stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
      if (node == null) {
        return Optional.empty();
      }
      if (i == ids.length - 1) {
        return Optional.of(new Found(level, node));
      }
      Flow body = node.body().orElse(null);
      if (body == null) {
        return Optional.empty();
      }
      level = body;
    }
    return Optional.empty();
  }

  private void checkNode(String place, boolean over) {
    Found old = find(before, place).orElse(null);
    Found now = find(after, place).orElse(null);
    if (old == null || now == null) {
      String state = over ? " has run" : " is under way";
      add(
          "FF-MIGRATE-NODE",
          place,
          "node " + place + state + ", and the new flow has none of that id");
      return;
    }
    if (!old.node.type().equals(now.node.type())) {
      add(
          "FF-MIGRATE-TYPE",
          place,
          "node " + place + " has begun as " + old.node.type() + " and is " + now.node.type());
    }
    boolean sameJoin = old.node.join().equals(now.node.join());
    if (!sameJoin || !into(old).equals(into(now))) {
      add(
          "FF-MIGRATE-EDGES",
          place,
          "node " + place + " has begun; the edges into it and its join must stay as they are");
    }
    if (over && !keepsConditions(outOf(old), outOf(now))) {
      add(
          "FF-MIGRATE-CONDITION",
          place,
          "node "
              + place
              + " is over and its conditions are decided; edges with conditions behind it must stay"
              + " first and in order, and none may be added");
    }
  }

  /** An edge as far as the engine looks at it. */
  private record Way(String from, String to, String port, @Nullable String condition) {
    static Way of(Edge edge) {
      return new Way(edge.from(), edge.to(), edge.port(), edge.condition());
    }
  }

  private static List<Way> into(Found found) {
    return found.level.edges().stream()
        .filter(edge -> edge.to().equals(found.node.id()))
        .map(Way::of)
        .toList();
  }

  private static List<Way> outOf(Found found) {
    return found.level.edges().stream()
        .filter(edge -> edge.from().equals(found.node.id()))
        .map(Way::of)
        .toList();
  }

  /** The journal counts edges that were not taken from a node's first edge. */
  private static boolean keepsConditions(List<Way> old, List<Way> now) {
    boolean conditions = old.stream().anyMatch(way -> way.condition != null);
    List<Way> added;
    if (conditions) {
      if (now.size() < old.size() || !now.subList(0, old.size()).equals(old)) {
        return false;
      }
      added = now.subList(old.size(), now.size());
    } else {
      added = now;
    }
    return added.stream().allMatch(way -> way.condition == null);
  }

  // ---- state

  private void checkState(List<NodeSnapshot> known) {
    Map<String, NodeSnapshot> fresh = new HashMap<>();
    try {
      snapshot(plan).nodes().forEach(node -> fresh.put(node.path(), node));
    } catch (FlowForgeException unreadable) {
      add("FF-MIGRATE-STATE", null, "the journal cannot be read with the new flow");
      return;
    }
    Set<String> told = new HashSet<>();
    for (NodeSnapshot old : known) {
      NodeSnapshot now = fresh.get(old.path());
      boolean same = now != null && now.status() == old.status();
      if (old.status().isFinal() && !same && told.add(old.nodeId())) {
        add(
            "FF-MIGRATE-STATE",
            old.path(),
            "node run "
                + old.path()
                + " is "
                + old.status()
                + " and would be "
                + (now == null ? "gone" : now.status()));
      }
    }
  }

  /** The node runs as the old version shows them; none when this engine cannot run it. */
  private List<NodeSnapshot> known() {
    try {
      return snapshot(on.archive().plan(stored.head().flowHash())).nodes();
    } catch (InvalidFlowException unknownType) {
      return List.of();
    }
  }

  private ExecutionSnapshot snapshot(Plan with) {
    return on.persistence().takeovers().shown(stored, with).snapshot();
  }
}
