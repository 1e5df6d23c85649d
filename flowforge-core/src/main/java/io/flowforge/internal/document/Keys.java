package io.flowforge.internal.document;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The keys that documents may use, dialects included, in the order that suggestions prefer. */
final class Keys {
  /** Kept verbatim on a flow. */
  static final Set<String> FLOW_EXTRAS = set("metadata", "ui", "viewport");

  /** Kept verbatim on a node: ours, and what React Flow keeps there. */
  static final Set<String> NODE_EXTRAS =
      set(
          "position",
          "ui",
          "metadata",
          "width",
          "height",
          "selected",
          "dragging",
          "measured",
          "positionAbsolute",
          "style",
          "className",
          "hidden",
          "zIndex",
          "extent",
          "expandParent",
          "draggable",
          "selectable",
          "connectable",
          "deletable",
          "sourcePosition",
          "targetPosition",
          "dragHandle");

  /** Kept verbatim on an edge: ours, and what React Flow keeps there. */
  static final Set<String> EDGE_EXTRAS =
      set(
          "ui",
          "metadata",
          "type",
          "animated",
          "label",
          "style",
          "markerEnd",
          "markerStart",
          "data",
          "targetHandle",
          "selected",
          "hidden",
          "deletable",
          "zIndex",
          "className",
          "labelStyle");

  /** What an envelope holds beside {@code definition}. */
  static final Set<String> ENVELOPE =
      with(FLOW_EXTRAS, "definition", "id", "name", "description", "tags");

  /** What describes a flow, and in an envelope may stand at either level. */
  static final Set<String> LABELS = set("id", "name", "description", "tags");

  static final Set<String> FLOW =
      with(
          FLOW_EXTRAS,
          "id",
          "name",
          "description",
          "tags",
          "inputs",
          "variables",
          "nodes",
          "edges",
          "connections",
          "outputs",
          "settings");

  static final Set<String> BODY = with(FLOW_EXTRAS, "nodes", "edges", "connections", "outputs");

  /** What most nodes have, and some nothing else. */
  static final Set<String> NODE_BASICS = set("id", "type", "name", "config", "data", "dependsOn");

  static final Set<String> NODE =
      with(
          NODE_EXTRAS,
          "id",
          "type",
          "name",
          "config",
          "data",
          "dependsOn",
          "dependencies",
          "join",
          "retry",
          "timeout",
          "onError",
          "fallback",
          "cache",
          "rateLimit",
          "circuitBreaker",
          "compensate",
          "disabled",
          "parentId",
          "action_type",
          "trigger_type",
          "operation_type");

  static final Set<String> EDGE =
      with(
          EDGE_EXTRAS, "id", "from", "to", "port", "condition", "source", "target", "sourceHandle");

  static final Set<String> INPUT = set("type", "required", "default", "description", "enum");

  static final Set<String> SETTINGS =
      set("timeout", "maxParallelism", "onError", "errorFlow", "concurrency", "retry");

  static final Set<String> RETRY =
      set(
          "strategy",
          "maxAttempts",
          "delay",
          "maxDelay",
          "jitter",
          "maxElapsed",
          "retryOn",
          "giveUpOn");

  static final Set<String> TIMEOUT = set("attempt", "total");
  static final Set<String> CACHE = set("key", "ttl");
  static final Set<String> RATE_LIMIT = set("key", "permits", "per");
  static final Set<String> CIRCUIT_BREAKER =
      set("key", "failureThreshold", "openFor", "halfOpenCalls", "whenOpen");
  static final Set<String> COMPENSATE = set("type", "config");
  static final Set<String> CONCURRENCY = set("key", "limit", "overlap");
  static final Set<String> JOIN = set("atLeast");

  /** Types whose config holds a body, canonical names and aliases. */
  static final Set<String> LOOPS = set("loop", "for-each", "foreach", "while");

  /** Types whose config may hold a whole flow. */
  static final Set<String> SUBFLOWS = set("subflow", "execute-workflow");

  private Keys() {}

  private static Set<String> set(String... keys) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
  }

  private static Set<String> with(Set<String> others, String... keys) {
    Set<String> all = new LinkedHashSet<>(List.of(keys));
    all.addAll(others);
    return Collections.unmodifiableSet(all);
  }
}
