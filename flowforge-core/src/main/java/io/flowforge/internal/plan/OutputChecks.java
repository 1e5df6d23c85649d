package io.flowforge.internal.plan;

import io.flowforge.flow.Node;
import io.flowforge.internal.text.Shown;
import java.util.HashMap;
import java.util.Map;

/** The output nodes of one level have different names, since each gives one of its outputs. */
final class OutputChecks {
  private OutputChecks() {}

  static void check(GraphProblems problems) {
    Graph graph = problems.graph();
    Map<String, String> seen = new HashMap<>();
    for (int index = 0; index < graph.size(); index++) {
      Node node = graph.node(index);
      if (!node.type().equals("output")) {
        continue;
      }
      Object given = node.config().get("name");
      String name = given instanceof String text ? text : node.id();
      String first = name.contains("${") ? null : seen.putIfAbsent(name, node.id());
      if (first != null && !first.equals(node.id())) {
        problems.addAtNode(
            GraphChecks.CONFIG,
            index,
            given instanceof String ? "/" + node.configKey() + "/name" : "",
            () -> twice(node.id(), first, name));
      }
    }
  }

  private static String twice(String node, String first, String name) {
    return "output nodes %s and %s both give the output %s; set another name in one of them."
        .formatted(Shown.quoted(first), Shown.quoted(node), Shown.quoted(name));
  }
}
