package io.flowforge.internal.plan;

import io.flowforge.flow.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ports of a node: its type's, and for a switch those that its cases name. */
final class Ports {
  private Ports() {}

  static Set<String> of(NodeTypes.Known type, Node node) {
    Set<String> declared = type.descriptor().ports();
    if (!type.type().equals("switch")) {
      return declared;
    }
    Set<String> ports = new LinkedHashSet<>();
    if (node.config().get("cases") instanceof List<?> cases) {
      for (Object one : cases) {
        if (one instanceof Map<?, ?> map && map.get("port") instanceof String port) {
          ports.add(port);
        }
      }
    }
    ports.add(node.config().get("default") instanceof String port ? port : "default");
    return ports;
  }
}
