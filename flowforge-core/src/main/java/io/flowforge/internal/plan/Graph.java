package io.flowforge.internal.plan;

import io.flowforge.flow.Edge;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One level of a flow as numbers: nodes and edges by their place in the document, who follows whom,
 * and an order in which everything comes after what it needs.
 *
 * <p>Bodies of loops are graphs of their own. Edges whose ends are unknown take no part: they have
 * a source or target of {@link #UNKNOWN}. Of nodes with one id the first is meant. Nothing here is
 * recursive, and everything is linear in nodes and edges. Immutable.
 */
public final class Graph {
  /** The index of a node that does not exist. */
  public static final int UNKNOWN = -1;

  private final List<Node> nodes;
  private final List<Edge> edges;
  private final Map<String, Integer> indexes;
  private final int[] sources;
  private final int[] targets;
  private final Adjacency outgoing;
  private final Adjacency incoming;
  private final int[] order;

  private Graph(List<Node> nodes, List<Edge> edges) {
    this.nodes = nodes;
    this.edges = edges;
    this.indexes = new HashMap<>(nodes.size() * 2);
    for (int i = 0; i < nodes.size(); i++) {
      indexes.putIfAbsent(nodes.get(i).id(), i);
    }
    this.sources = new int[edges.size()];
    this.targets = new int[edges.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = index(edges.get(i).from());
      targets[i] = index(edges.get(i).to());
    }
    this.outgoing = Adjacency.of(nodes.size(), sources, targets);
    this.incoming = Adjacency.of(nodes.size(), targets, sources);
    this.order = sorted();
  }

  /**
   * Numbers the nodes and edges of one level.
   *
   * @param flow a flow or the body of a loop
   * @return its graph
   */
  public static Graph of(Flow flow) {
    return new Graph(flow.nodes(), flow.edges());
  }

  /** Kahn's algorithm; of nodes that are ready at once the first of the document comes first. */
  private int[] sorted() {
    int[] pending = new int[size()];
    int[] queue = new int[size()];
    int end = 0;
    for (int node = 0; node < pending.length; node++) {
      pending[node] = incoming.count(node);
      if (pending[node] == 0) {
        queue[end++] = node;
      }
    }
    for (int head = 0; head < end; head++) {
      int node = queue[head];
      for (int place = outgoing.start(node); place < outgoing.start(node + 1); place++) {
        int next = targets[outgoing.at(place)];
        if (--pending[next] == 0) {
          queue[end++] = next;
        }
      }
    }
    return Arrays.copyOf(queue, end);
  }

  /**
   * How many nodes there are.
   *
   * @return the count
   */
  public int size() {
    return nodes.size();
  }

  /**
   * How many edges there are, those with unknown ends included.
   *
   * @return the count
   */
  public int edgeCount() {
    return edges.size();
  }

  /**
   * A node.
   *
   * @param index its place in the document
   * @return the node
   */
  public Node node(int index) {
    return nodes.get(index);
  }

  /**
   * An edge.
   *
   * @param index its place in the flow's list of edges
   * @return the edge
   */
  public Edge edge(int index) {
    return edges.get(index);
  }

  /**
   * Finds a node.
   *
   * @param id its id
   * @return its index, or {@link #UNKNOWN}
   */
  public int index(String id) {
    return indexes.getOrDefault(id, UNKNOWN);
  }

  /**
   * The node that an edge leaves.
   *
   * @param edge index of the edge
   * @return index of the node, or {@link #UNKNOWN}
   */
  public int source(int edge) {
    return sources[edge];
  }

  /**
   * The node that an edge leads to.
   *
   * @param edge index of the edge
   * @return index of the node, or {@link #UNKNOWN}
   */
  public int target(int edge) {
    return targets[edge];
  }

  /**
   * How many edges leave a node.
   *
   * @param node its index
   * @return the count
   */
  public int outgoingCount(int node) {
    return outgoing.count(node);
  }

  /**
   * An edge that leaves a node.
   *
   * @param node its index
   * @param position from 0, in document order
   * @return index of the edge
   */
  public int outgoing(int node, int position) {
    return outgoing.edge(node, position);
  }

  /**
   * How many edges lead to a node.
   *
   * @param node its index
   * @return the count
   */
  public int incomingCount(int node) {
    return incoming.count(node);
  }

  /**
   * An edge that leads to a node.
   *
   * @param node its index
   * @param position from 0, in document order
   * @return index of the edge
   */
  public int incoming(int node, int position) {
    return incoming.edge(node, position);
  }

  /**
   * All nodes so that each comes after its predecessors.
   *
   * @return indexes; without the nodes on cycles and behind them
   */
  public int[] order() {
    return order.clone();
  }

  /**
   * Whether the graph can run.
   *
   * @return false when there is a cycle
   */
  public boolean isAcyclic() {
    return order.length == size();
  }

  /**
   * The nodes that nothing leads to.
   *
   * @return indexes in document order
   */
  public int[] entries() {
    return select(node -> incoming.count(node) == 0);
  }

  /**
   * The nodes that lead nowhere.
   *
   * @return indexes in document order
   */
  public int[] terminals() {
    return select(node -> outgoing.count(node) == 0);
  }

  private int[] select(IntPredicate nodes) {
    return IntStream.range(0, size()).filter(nodes).toArray();
  }
}
