package io.flowforge.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plain form of an {@link Explanation}. */
final class ExplanationValue {
  private ExplanationValue() {}

  static Map<String, Object> of(Explanation explanation) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("node", explanation.node());
    value.put("status", explanation.status().name());
    value.put("story", explanation.story());
    List<Object> edges = new ArrayList<>();
    explanation.edges().forEach(edge -> edges.add(of(edge)));
    value.put("edges", edges);
    List<Object> sources = new ArrayList<>();
    explanation.sources().forEach(source -> sources.add(of(source)));
    value.put("sources", sources);
    return value;
  }

  private static Map<String, Object> of(Explanation.IncomingEdge edge) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("from", edge.from());
    value.put("port", edge.port());
    if (edge.condition() != null) {
      value.put("condition", edge.condition());
    }
    value.put("state", edge.state().name());
    return value;
  }

  private static Map<String, Object> of(Explanation.Source source) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("pointer", source.pointer());
    value.put("expression", source.expression());
    value.put("from", source.from());
    value.put("path", source.path());
    value.put("via", source.via());
    value.put("value", source.value());
    return value;
  }
}
