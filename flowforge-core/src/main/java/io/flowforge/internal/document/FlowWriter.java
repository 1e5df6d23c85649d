package io.flowforge.internal.document;

import io.flowforge.flow.Edge;
import io.flowforge.flow.FailureMode;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Input;
import io.flowforge.flow.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns flows into the plain values of their canonical document: keys in fixed order, defaults left
 * out, nodes as a list, {@code dependsOn} and {@code parentId} resolved.
 */
final class FlowWriter {
  private FlowWriter() {}

  static Map<String, Object> write(Flow flow) {
    Sheet sheet = new Sheet();
    if (!flow.id().isEmpty()) {
      sheet.put("id", flow.id());
    }
    sheet.put("name", flow.name().orElse(null));
    sheet.put("description", flow.description().orElse(null));
    sheet.putSome("tags", flow.tags());
    flow.inputs().ifPresent(inputs -> sheet.put("inputs", inputs(inputs)));
    sheet.putSome("variables", flow.variables());
    sheet.put("nodes", flow.nodes().stream().map(NodeWriter::write).toList());
    sheet.put("edges", flow.edges().stream().map(FlowWriter::edge).toList());
    sheet.put("outputs", flow.outputs().orElse(null));
    sheet.putSome("settings", settings(flow.settings()));
    return sheet.with(flow.extras());
  }

  /** The same values with the keys of every map in the order of their UTF-16 code units. */
  static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, element) -> sorted.put((String) key, sorted(element)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      List<Object> sorted = new ArrayList<>(list.size());
      list.forEach(element -> sorted.add(sorted(element)));
      return sorted;
    }
    return value;
  }

  private static Map<String, Object> inputs(Map<String, Input> inputs) {
    Map<String, Object> written = new LinkedHashMap<>();
    inputs.forEach((name, input) -> written.put(name, input(input)));
    return written;
  }

  private static Map<String, Object> input(Input input) {
    Sheet sheet = new Sheet();
    sheet.put("type", input.type().text());
    sheet.putUnless(false, "required", input.required());
    sheet.put("default", input.defaultValue());
    sheet.put("description", input.description());
    sheet.putSome("enum", input.allowed());
    return sheet.values();
  }

  private static Map<String, Object> edge(Edge edge) {
    Sheet sheet = new Sheet();
    sheet.put("id", edge.id());
    sheet.put("from", edge.from());
    sheet.put("to", edge.to());
    sheet.putUnless(Edge.MAIN, "port", edge.port());
    sheet.put("condition", edge.condition());
    return sheet.with(edge.extras());
  }

  private static Map<String, Object> settings(Settings settings) {
    Sheet sheet = new Sheet();
    sheet.put("timeout", settings.timeout());
    sheet.putUnless(0, "maxParallelism", settings.maxParallelism());
    sheet.putUnless(FailureMode.FAIL_FAST, "onError", settings.onError());
    sheet.put("errorFlow", settings.errorFlow());
    sheet.put("concurrency", PolicyWriter.concurrency(settings.concurrency()));
    sheet.put("retry", PolicyWriter.retry(settings.retry()));
    return sheet.values();
  }
}
