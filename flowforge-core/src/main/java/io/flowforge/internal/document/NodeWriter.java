package io.flowforge.internal.document;

import io.flowforge.flow.Join;
import io.flowforge.flow.Node;
import io.flowforge.flow.OnError;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns nodes into plain values. */
final class NodeWriter {
  private NodeWriter() {}

  static Map<String, Object> write(Node node) {
    Sheet sheet = new Sheet();
    sheet.put("id", node.id());
    sheet.put("type", node.type());
    sheet.put("name", node.name().orElse(null));
    sheet.putSome("config", config(node));
    sheet.putUnless("all", "join", join(node.join()));
    sheet.put("retry", PolicyWriter.retry(node.retry().orElse(null)));
    sheet.put("timeout", node.timeout().map(PolicyWriter::timeout).orElse(null));
    sheet.putUnless(OnError.FAIL, "onError", node.onError());
    sheet.put("fallback", node.fallback());
    sheet.put("cache", node.cache().map(PolicyWriter::cache).orElse(null));
    sheet.put("rateLimit", node.rateLimit().map(PolicyWriter::rateLimit).orElse(null));
    sheet.put(
        "circuitBreaker", node.circuitBreaker().map(PolicyWriter::circuitBreaker).orElse(null));
    sheet.put("compensate", node.compensate().map(PolicyWriter::compensation).orElse(null));
    sheet.putUnless(false, "disabled", node.disabled());
    return sheet.with(node.extras());
  }

  private static Map<String, Object> config(Node node) {
    if (node.body().isEmpty()) {
      return node.config();
    }
    Map<String, Object> config = new LinkedHashMap<>(node.config());
    String key = Keys.SUBFLOWS.contains(node.type()) ? "flow" : "body";
    config.put(key, FlowWriter.write(node.body().get()));
    return config;
  }

  private static Object join(Join join) {
    if (join instanceof Join.AtLeast some) {
      return Map.of("atLeast", some.count());
    }
    return join instanceof Join.Any ? "any" : "all";
  }
}
