package io.flowforge.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamTest {
  @ParameterizedTest
  @CsvSource({
    "a>b>c, a, c, true",
    "a>b>c, b, c, true",
    "a>b>c, c, a, false",
    "a>b>c, b, b, false",
    "a>b a>c, b, c, false",
    "a>b b>d a>c c>d, a, d, true",
    "a>b>a c, a, c, true",
  })
  void knows_who_comes_before_whom(String text, String ancestor, String node, boolean before) {
    Graph graph = Graphs.of(text);
    int[] ancestors = {graph.index(ancestor)};
    int[] nodes = {graph.index(node)};
    assertThat(Upstream.of(graph, ancestors, nodes).get(0)).isEqualTo(before);
  }

  @Test
  void agrees_with_a_plain_walk_on_random_graphs() {
    for (int seed = 0; seed < 60; seed++) {
      Graph graph = Graphs.random(seed, 2 + seed * 3, seed * 5, false);
      int pairs = graph.size() * graph.size();
      int[] ancestors = IntStream.range(0, pairs).map(pair -> pair % graph.size()).toArray();
      int[] nodes = IntStream.range(0, pairs).map(pair -> pair / graph.size()).toArray();
      BitSet answers = Upstream.of(graph, ancestors, nodes);
      BitSet wanted = new BitSet();
      for (int ancestor = 0; ancestor < graph.size(); ancestor++) {
        BitSet behind = walk(graph, ancestor);
        for (int node = behind.nextSetBit(0); node >= 0; node = behind.nextSetBit(node + 1)) {
          wanted.set(node * graph.size() + ancestor);
        }
      }
      assertThat(answers).as("seed %s", seed).isEqualTo(wanted);
    }
  }

  @Test
  void answers_the_longest_legal_chain_when_each_node_refers_to_the_last_but_one() {
    Graph graph = Graphs.chain(100_000);
    int[] nodes = IntStream.range(2, graph.size()).toArray();
    int[] ancestors = IntStream.range(0, graph.size() - 2).toArray();
    assertThat(Upstream.of(graph, ancestors, nodes).cardinality()).isEqualTo(nodes.length);
  }

  @Test
  void answers_the_longest_legal_chain_when_all_refer_to_the_first() {
    Graph graph = Graphs.chain(100_000);
    int[] nodes = IntStream.range(1, graph.size()).toArray();
    assertThat(Upstream.of(graph, new int[nodes.length], nodes).cardinality())
        .isEqualTo(nodes.length);
  }

  @Test
  void answers_nothing_when_nothing_is_asked() {
    assertThat(Upstream.of(Graphs.of("a>b"), new int[0], new int[0]).isEmpty()).isTrue();
  }

  private static BitSet walk(Graph graph, int from) {
    BitSet behind = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(from);
    while (!open.isEmpty()) {
      int node = open.remove();
      for (int i = 0; i < graph.outgoingCount(node); i++) {
        int next = graph.target(graph.outgoing(node, i));
        if (!behind.get(next)) {
          behind.set(next);
          open.add(next);
        }
      }
    }
    return behind;
  }
}
