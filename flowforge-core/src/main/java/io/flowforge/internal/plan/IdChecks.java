package io.flowforge.internal.plan;

import io.flowforge.internal.text.Shown;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Node ids are well formed, unique even without case, and no roots of expressions. */
final class IdChecks {
  private static final Set<String> RESERVED =
      Set.of(
          "inputs",
          "input",
          "vars",
          "trigger",
          "item",
          "index",
          "error",
          "execution",
          "flow",
          "credentials",
          "nodes");

  private static final int LONGEST = 128;

  private IdChecks() {}

  static void check(GraphProblems problems) {
    Graph graph = problems.graph();
    Map<String, String> seen = new HashMap<>(graph.size() * 2);
    for (int node = 0; node < graph.size(); node++) {
      String id = graph.node(node).id();
      if (!isWellFormed(id)) {
        problems.addAtNode(GraphChecks.ID, node, "", () -> malformed(id));
      } else if (RESERVED.contains(id)) {
        problems.addAtNode(GraphChecks.ID, node, "", () -> reserved(id));
      }
      String first = seen.putIfAbsent(folded(id), id);
      if (first != null) {
        problems.addAtNode(GraphChecks.DUPLICATE_ID, node, "", () -> duplicate(id, first));
      }
    }
  }

  /** Upper case first: it is the same for letters that have several forms in lower case. */
  private static String folded(String id) {
    return id.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  static boolean isWellFormed(String id) {
    if (id.isEmpty() || id.length() > LONGEST || id.charAt(0) == '-' || id.charAt(0) == '_') {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static String malformed(String id) {
    return "node id "
        + Shown.quoted(id)
        + " is not allowed; use 1 to 128 of A-Z, a-z, 0-9, _ and -, first a letter or digit.";
  }

  private static String reserved(String id) {
    return "node id \"%s\" is reserved: expressions use it for something else; take another id"
            .formatted(id)
        + " such as \"%s-1\".".formatted(id);
  }

  private static String duplicate(String id, String first) {
    String twice = "node id " + Shown.quoted(id) + " is used twice";
    String alike = "node ids " + Shown.quoted(first) + " and " + Shown.quoted(id);
    return (id.equals(first) ? twice : alike + " differ only in case")
        + "; give every node an id of its own.";
  }
}
