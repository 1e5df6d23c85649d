package io.flowforge.campaign.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which nodes of a flow have effects, and which come before which. */
final class FlowShape {
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, List<String>> before = new LinkedHashMap<>();

  @SuppressWarnings("unchecked")
  FlowShape(String flow) {
    level("", (Map<String, Object>) JsonText.read(flow));
  }

  @SuppressWarnings("unchecked")
  private void level(String prefix, Map<String, Object> level) {
    for (Map<String, Object> node : (List<Map<String, Object>>) level.get("nodes")) {
      String path = prefix + node.get("id");
      types.put(path, String.valueOf(node.get("type")));
      if (node.get("config") instanceof Map<?, ?> config
          && config.get("body") instanceof Map<?, ?> body) {
        level(path + "/", (Map<String, Object>) body);
      }
    }
    for (Map<String, Object> edge : (List<Map<String, Object>>) level.get("edges")) {
      before
          .computeIfAbsent(prefix + edge.get("to"), to -> new ArrayList<>())
          .add(String.valueOf(edge.get("from")));
    }
  }

  private static String plain(String path) {
    return path.replaceAll("\\[\\d+\\]", "");
  }

  boolean hasEffect(String path) {
    String type = types.getOrDefault(plain(path), "");
    return type.equals("effect") || type.equals("hold");
  }

  /** Node runs that must be over before one begins, those of the same iteration. */
  List<String> before(String path) {
    String scope = path.substring(0, path.lastIndexOf('/') + 1);
    return before.getOrDefault(plain(path), List.of()).stream().map(node -> scope + node).toList();
  }
}
