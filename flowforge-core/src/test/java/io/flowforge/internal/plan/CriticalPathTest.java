package io.flowforge.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriticalPathTest {
  @ParameterizedTest
  @CsvSource({
    "a>b>c, 5 5 5, a b c",
    "a>b a>c b>d c>d, 1 9 2 1, a b d",
    "a>b a>c b>d c>d, 1 2 9 1, a c d",
    "a b, 3 7, b",
    "a>b>c d, 1 1 1 3, a b c",
    "a>b>c, 5 -1 5, a",
    "a>b>c, -1 -1 -1, ''",
    "a>b>a c, 9 9 1, c",
  })
  void is_the_slowest_chain_of_nodes_that_ran(String text, String durations, String path) {
    Graph graph = Graphs.of(text);
    long[] spans = Stream.of(durations.split(" ")).mapToLong(Long::parseLong).toArray();
    assertThat(ids(graph, CriticalPath.of(graph, spans, edge -> true))).isEqualTo(path);
  }

  @Test
  void passes_over_edges_that_were_not_walked() {
    Graph graph = Graphs.of("a>c b>c");
    long[] spans = {9, 1, 1};
    assertThat(ids(graph, CriticalPath.of(graph, spans, edge -> edge == 1))).isEqualTo("a");
    spans[0] = 1;
    assertThat(ids(graph, CriticalPath.of(graph, spans, edge -> edge == 1))).isEqualTo("b c");
  }

  private static String ids(Graph graph, int[] path) {
    return IntStream.of(path)
        .mapToObj(node -> graph.node(node).id())
        .collect(Collectors.joining(" "));
  }
}
