package io.flowforge.internal.document;

import io.flowforge.flow.Edge;
import io.flowforge.internal.text.Pointer;
import org.jspecify.annotations.Nullable;

/** Reads one edge in any dialect. */
final class EdgeReader {
  private EdgeReader() {}

  /** The edge; null when its ends cannot be made out. */
  static @Nullable Edge read(
      @Nullable Object value, Pointer at, @Nullable String node, Findings findings) {
    Fields fields = Fields.of(value, at, node, findings);
    if (fields == null) {
      return null;
    }
    fields.refuseOthers(Keys.EDGE);
    String from = fields.text(either(fields, "from", "source"));
    String to = fields.text(either(fields, "to", "target"));
    String port = fields.word(either(fields, "port", "sourceHandle"));
    String condition = fields.word("condition");
    String id = fields.text("id");
    if (from == null || to == null) {
      return null;
    }
    Edge edge = Edge.of(from, to).when(condition).at(at.toString());
    edge = port == null ? edge : edge.onPort(port);
    return withExtras(fields, id == null ? edge : edge.withId(id));
  }

  /** The one of two names that is used. */
  private static String either(Fields fields, String name, String alias) {
    if (fields.has(name) && fields.has(alias)) {
      String message = alias + " is another name of " + name + "; keep one of them.";
      fields.problem(Codes.KEY, alias, message);
    }
    String key = fields.has(name) || !fields.has(alias) ? name : alias;
    if (!fields.has(key) && !name.equals("port")) {
      String end = name.equals("from") ? "the node it begins at" : "the node it leads to";
      fields.problem(Codes.EDGE, name + " is missing: the id of " + end + ".");
    }
    return key;
  }

  private static Edge withExtras(Fields fields, Edge edge) {
    Edge result = edge;
    for (String key : fields.values().keySet()) {
      if (Keys.EDGE_EXTRAS.contains(key)) {
        result = result.withExtra(key, fields.raw(key));
      }
    }
    return result;
  }
}
