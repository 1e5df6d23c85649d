package io.flowforge.testkit;

import io.flowforge.execution.Json;
import io.flowforge.flow.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A flow whose sub-flow nodes without recorded executions are replaced by {@link RecordedSubflow}.
 * The others name their flow without its version, as the engine of a replay has one of each. Goes
 * as deep as bodies nest, which is bounded.
 */
final class ReplayedFlow {
  private static final Json.Limits LIMITS = new Json.Limits(64L << 20, 200, 16 << 20);
  private static final Set<String> SUBFLOWS =
      Set.of("subflow", "execute-workflow", "sub-flow", "sub-workflow");
  private static final String CONFIG = "config";

  private final Recordings recordings;

  private ReplayedFlow(Recordings recordings) {
    this.recordings = recordings;
  }

  /** The flow of a group as it is replayed. */
  static Flow of(Flow flow, String group, Recordings recordings) {
    Map<?, ?> document = (Map<?, ?>) Objects.requireNonNull(Json.parse(flow.toJson(), LIMITS));
    return Flow.parse(Json.write(new ReplayedFlow(recordings).level(document, group, "")));
  }

  private Map<String, @Nullable Object> level(Map<?, ?> flow, String group, String prefix) {
    Map<String, @Nullable Object> changed = copy(flow);
    if (flow.get("nodes") instanceof List<?> nodes) {
      List<Object> all = new ArrayList<>();
      nodes.forEach(node -> all.add(node((Map<?, ?>) node, group, prefix)));
      changed.put("nodes", all);
    }
    return changed;
  }

  private Map<String, @Nullable Object> node(Map<?, ?> node, String group, String prefix) {
    Map<String, @Nullable Object> changed = copy(node);
    if (!(node.get(CONFIG) instanceof Map<?, ?> given)) {
      return changed;
    }
    Map<String, @Nullable Object> config = copy(given);
    String place = prefix + node.get("id");
    if (SUBFLOWS.contains(String.valueOf(node.get("type")))) {
      if (recordings.standsIn(group, place)) {
        changed.put("type", RecordedSubflow.TYPE);
        config.remove("flow");
      } else if (config.get("flow") instanceof Map<?, ?> inline) {
        config.put("flow", level(inline, Recordings.inline(group, place), ""));
      }
      config.remove("version");
    } else if (config.get("body") instanceof Map<?, ?> body && body.containsKey("nodes")) {
      config.put("body", level(body, group, place + "/"));
    }
    changed.put(CONFIG, config);
    return changed;
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
