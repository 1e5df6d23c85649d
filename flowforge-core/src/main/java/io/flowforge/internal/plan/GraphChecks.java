package io.flowforge.internal.plan;

import io.flowforge.flow.Problem;
import java.util.List;

/**
 * Finds all that is wrong with one level of a flow as a graph.
 *
 * <p>Ids, edges and their ports, cycles, nodes that nothing leads to, joins that cannot be
 * satisfied, names of outputs. Every problem names its place, the value and the cure. The codes are
 * constants of this class.
 */
public final class GraphChecks {
  /** Nothing to run. */
  public static final String EMPTY = "FF-DEF-EMPTY";

  /** More nodes or edges than allowed. */
  public static final String SIZE = "FF-DEF-SIZE";

  /** An id that is malformed or reserved. */
  public static final String ID = "FF-DEF-ID";

  /** Two nodes of one id. */
  public static final String DUPLICATE_ID = "FF-DEF-DUPLICATE-ID";

  /** An edge that leads nowhere, twice, or from a port that does not exist. */
  public static final String EDGE = "FF-DEF-EDGE";

  /** A node comes before itself. */
  public static final String CYCLE = "FF-DEF-CYCLE";

  /** No entry leads to a node. */
  public static final String UNREACHABLE = "FF-DEF-UNREACHABLE";

  /** A join that waits for more than can come. */
  public static final String JOIN = "FF-DEF-JOIN";

  /** Parts of nodes that do not fit each other. */
  public static final String CONFIG = "FF-DEF-CONFIG";

  /** The most nodes of one level. */
  public static final int MOST_NODES = 100_000;

  /** The most edges of one level. */
  public static final int MOST_EDGES = 500_000;

  private GraphChecks() {}

  /**
   * Checks one level; the bodies of its loops are checked by calls of their own.
   *
   * @param graph the graph
   * @param pointer where the level stands in its document, such as {@code /nodes/3/config/body};
   *     used for nodes and edges that do not know their own place
   * @param ports what the types of the nodes offer
   * @return the problems, unsorted; empty when there are none
   */
  public static List<Problem> of(Graph graph, String pointer, NodePorts ports) {
    GraphProblems problems = new GraphProblems(graph, pointer);
    if (isOfLegalSize(graph, problems)) {
      IdChecks.check(problems);
      EdgeChecks.check(problems, ports);
      CycleChecks.check(problems);
      JoinChecks.check(problems);
      OutputChecks.check(problems);
    }
    return problems.all();
  }

  private static boolean isOfLegalSize(Graph graph, GraphProblems problems) {
    if (graph.size() == 0) {
      problems.addAtGraph(EMPTY, "/nodes", "there are no nodes; add at least one node.");
    }
    if (graph.size() > MOST_NODES) {
      problems.addAtGraph(SIZE, "/nodes", tooMany("nodes", graph.size(), MOST_NODES));
    }
    if (graph.edgeCount() > MOST_EDGES) {
      problems.addAtGraph(SIZE, "/edges", tooMany("edges", graph.edgeCount(), MOST_EDGES));
    }
    return graph.size() <= MOST_NODES && graph.edgeCount() <= MOST_EDGES;
  }

  private static String tooMany(String what, int count, int most) {
    return "there are %d %s, at most %d are allowed; move parts into sub-flows."
        .formatted(count, what, most);
  }
}
