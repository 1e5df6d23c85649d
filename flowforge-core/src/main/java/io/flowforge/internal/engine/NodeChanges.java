package io.flowforge.internal.engine;

import io.flowforge.MigrationPlan;
import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What becomes of the nodes of one version of a flow in another, by their places. */
final class NodeChanges {
  private final Map<String, Boolean> begun;
  private final Set<String> over;

  /**
   * Of an execution.
   *
   * @param begun its nodes that have begun; true for those that are over
   * @param over ids of the nodes outside of bodies that do not begin any more, such as skipped ones
   */
  NodeChanges(Map<String, Boolean> begun, Collection<String> over) {
    this.begun = begun;
    this.over = new HashSet<>(over);
  }

  MigrationPlan.Nodes between(Flow before, Flow after) {
    Map<String, List<@Nullable Object>> old = places(before);
    Map<String, List<@Nullable Object>> now = places(after);
    Set<String> both = new TreeSet<>(old.keySet());
    both.retainAll(now.keySet());
    return new MigrationPlan.Nodes(
        both.stream().filter(place -> begun.getOrDefault(place, false)).toList(),
        both.stream().filter(place -> !begun.getOrDefault(place, true)).toList(),
        both.stream()
            .filter(place -> mayBegin(place) && !Objects.equals(old.get(place), now.get(place)))
            .toList(),
        without(now.keySet(), both),
        without(old.keySet(), both));
  }

  private static List<String> without(Set<String> places, Set<String> others) {
    return places.stream().filter(place -> !others.contains(place)).toList();
  }

  /** What stands in a body begins once more as long as what is around it is not over. */
  private boolean mayBegin(String place) {
    int slash = place.indexOf('/');
    if (slash < 0) {
      return !begun.containsKey(place) && !over.contains(place);
    }
    String outer = place.substring(0, slash);
    return !begun.getOrDefault(outer, false) && !over.contains(outer);
  }

  /** A flow or a body, and the place of what is around it. */
  private record Level(String prefix, Flow flow) {}

  /** All nodes with what the engine looks at. */
  private static Map<String, List<@Nullable Object>> places(Flow flow) {
    Map<String, List<@Nullable Object>> places = new TreeMap<>();
    ArrayDeque<Level> levels = new ArrayDeque<>(List.of(new Level("", flow)));
    while (!levels.isEmpty()) {
      Level level = levels.poll();
      Map<String, List<Object>> edges = new HashMap<>();
      for (Edge edge : level.flow.edges()) {
        edges
            .computeIfAbsent(edge.to(), to -> new ArrayList<>())
            .add(Arrays.asList(edge.from(), edge.port(), edge.condition()));
      }
      for (Node node : level.flow.nodes()) {
        String place = level.prefix + node.id();
        places.put(place, parts(node, edges.getOrDefault(node.id(), List.of())));
        node.body().ifPresent(body -> levels.add(new Level(place + "/", body)));
      }
    }
    return places;
  }

  private static List<@Nullable Object> parts(Node node, List<Object> edges) {
    return Arrays.asList(
        edges,
        node.type(),
        node.config(),
        node.body().flatMap(Flow::outputs),
        node.join(),
        node.retry(),
        node.timeout(),
        node.onError(),
        node.fallback(),
        node.cache(),
        node.rateLimit(),
        node.circuitBreaker(),
        node.compensate(),
        node.disabled());
  }
}
