package io.flowforge.internal.document;

import io.flowforge.flow.Node;
import io.flowforge.flow.OnError;
import io.flowforge.internal.text.Pointer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one node in any dialect. */
final class NodeReader {
  private final FlowReader flows;

  NodeReader(FlowReader flows) {
    this.flows = flows;
  }

  Draft read(Fields fields, String id) {
    fields.refuseOthers(Keys.NODE);
    String type = NodeType.of(fields);
    Node.Builder node = Node.builder(id, type).name(fields.text("name"));
    config(fields, node, type);
    if (fields.hasOtherThan(Keys.NODE_BASICS)) {
      policies(fields, node);
      extras(fields, node);
    }
    return new Draft(fields, node.build(), fields.text("parentId"));
  }

  private void config(Fields fields, Node.Builder node, String type) {
    boolean isData = fields.has("data");
    String key = isData && !fields.has("config") ? "data" : "config";
    node.at(fields.pointer().toString(), key);
    if (isData && key.equals("config")) {
      fields.problem(Codes.KEY, "data", "data is another name of config; keep one of them.");
    }
    Fields config = fields.object(key);
    if (config == null) {
      return;
    }
    Map<String, Object> values = config.values();
    if (isData && config.mentions("label")) {
      label(config, fields, node);
      values = without(values, "label");
    }
    node.config(without(values, graph(config, node, type)));
  }

  /** React Flow keeps the name of a node in its data. */
  private static void label(Fields data, Fields fields, Node.Builder node) {
    String label = data.text("label");
    String name = fields.text("name");
    if (name == null) {
      node.name(label);
    } else if (label != null && !label.equals(name)) {
      data.problem(Codes.KEY, "label", "label and name differ; keep one of them.");
    }
  }

  /** Reads the graph inside the node, and tells the key it stands under. */
  private @Nullable String graph(Fields config, Node.Builder node, String type) {
    String owner = Objects.requireNonNullElse(config.node(), "");
    if (Keys.LOOPS.contains(type) && config.has("body")) {
      node.body(flows.body(config.raw("body"), config.pointer().at("body"), owner));
      return "body";
    }
    if (Keys.SUBFLOWS.contains(type) && config.raw("flow") instanceof Map<?, ?> inline) {
      Pointer at = config.pointer().at("flow");
      node.body(flows.flow(inline, at, owner, owner));
      return "flow";
    }
    return null;
  }

  private static Map<String, Object> without(Map<String, Object> values, @Nullable String key) {
    if (key == null) {
      return values;
    }
    Map<String, Object> others = new LinkedHashMap<>(values);
    others.remove(key);
    return others;
  }

  private static void policies(Fields fields, Node.Builder node) {
    node.join(Policies.join(fields));
    node.retry(Policies.retry(fields));
    node.timeout(Policies.timeout(fields));
    node.onError(Objects.requireNonNullElse(fields.choice("onError", OnError.class), OnError.FAIL));
    node.fallback(fields.raw("fallback"));
    node.cache(Policies.cache(fields));
    node.rateLimit(Policies.rateLimit(fields));
    node.circuitBreaker(Policies.circuitBreaker(fields));
    node.compensate(Policies.compensate(fields));
    node.disabled(fields.flag("disabled"));
  }

  private static void extras(Fields fields, Node.Builder node) {
    for (Map.Entry<String, @Nullable Object> entry : fields.values().entrySet()) {
      if (Keys.NODE_EXTRAS.contains(entry.getKey())) {
        node.extra(entry.getKey(), entry.getValue());
      }
    }
  }
}
