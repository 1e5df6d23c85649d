package io.flowforge.internal.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the type of a node in the dialects that documents use. */
final class NodeType {
  /** Stands in for a type that cannot be made out, so that further problems can be looked for. */
  static final String UNKNOWN = "echo";

  private static final List<String> INNER =
      List.of("action_type", "trigger_type", "operation_type");

  private NodeType() {}

  /** The type in kebab-case; a problem and a stand-in when there is none. */
  static String of(Fields node) {
    String written = node.text("type");
    for (String key : INNER) {
      if (node.has(key)) {
        return inner(node, key, written);
      }
    }
    if (!node.has("type")) {
      node.problem(Codes.TYPE, "type is missing: the kind of node, such as http or conditional.");
    } else if ("action".equals(written) || "operation".equals(written)) {
      node.problem(
          Codes.TYPE, "type", "type " + written + " needs " + written + "_type beside it.");
      return UNKNOWN;
    }
    return written == null ? UNKNOWN : kebab(written);
  }

  /** A name in snake_case in the kebab-case of the catalog; others as they are. */
  static String kebab(String type) {
    return type.replace('_', '-');
  }

  private static String inner(Fields node, String key, @Nullable String written) {
    String inner = node.text(key);
    String family = key.substring(0, key.indexOf('_'));
    if (written != null && !written.equals(family) && !written.equals(inner)) {
      node.problem(
          Codes.KEY, key, key + " may only stand beside type " + family + "; remove one of them.");
    }
    return inner == null ? UNKNOWN : kebab(inner);
  }
}
