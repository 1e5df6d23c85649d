package io.flowforge.internal.plan;

import io.flowforge.flow.Problem;
import io.flowforge.internal.text.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the problems of one level of a flow.
 *
 * <p>Of one code at one place only the first problem is kept, and of one code at most {@value
 * #SHOWN}: a document of 500,000 broken edges shall not give 500,000 messages.
 */
final class GraphProblems {
  private static final int SHOWN = 1_000;

  /** Comparing a name with all others is dear; after so many comparisons the hint is left out. */
  private static final int COMPARISONS = 500_000;

  private final Graph graph;
  private final String pointer;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<List<String>> places = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private @Nullable List<String> ids;
  private int compared;

  GraphProblems(Graph graph, String pointer) {
    this.graph = graph;
    this.pointer = pointer;
  }

  Graph graph() {
    return graph;
  }

  /** All that was found; of what was not kept the number is told. */
  List<Problem> all() {
    List<Problem> all = new ArrayList<>(problems);
    counts.forEach(
        (code, count) -> {
          if (count > SHOWN) {
            String message = (count - SHOWN) + " more problems of this kind are not listed.";
            all.add(new Problem(code, pointer, null, message));
          }
        });
    return all;
  }

  void add(String code, String path, @Nullable String node, Supplier<String> message) {
    boolean full = counts.getOrDefault(code, 0) >= SHOWN;
    if (full || places.add(List.of(code, path))) {
      counts.merge(code, 1, Integer::sum);
      if (!full) {
        problems.add(new Problem(code, path, node, message.get()));
      }
    }
  }

  void addAtGraph(String code, String key, String message) {
    add(code, pointer + key, null, () -> message);
  }

  void addAtNode(String code, int node, String key, Supplier<String> message) {
    add(code, nodePath(node) + key, graph.node(node).id(), message);
  }

  void addAtEdge(String code, int edge, int node, Supplier<String> message) {
    add(code, edgePath(edge), node < 0 ? null : graph.node(node).id(), message);
  }

  /** A question after the nearest node id, or nothing. */
  String nodeHint(String wrong) {
    if (compared > COMPARISONS) {
      return "";
    }
    compared += graph.size();
    if (ids == null) {
      List<String> names = new ArrayList<>();
      for (int node = 0; node < graph.size(); node++) {
        names.add(graph.node(node).id());
      }
      ids = names;
    }
    return NearestName.hint(wrong, ids);
  }

  private String nodePath(int node) {
    String place = graph.node(node).pointer();
    return place == null ? pointer + "/nodes/" + node : place;
  }

  private String edgePath(int edge) {
    String place = graph.edge(edge).pointer();
    return place == null ? pointer + "/edges/" + edge : place;
  }
}
