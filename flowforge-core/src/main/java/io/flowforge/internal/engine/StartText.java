package io.flowforge.internal.engine;

import io.flowforge.execution.Json;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.run.Inbox;
import io.flowforge.internal.run.Start;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an execution was started, as the JSON text that stores keep. */
final class StartText {
  private static final Json.Limits LIMITS = new Json.Limits(256L << 20, 200, 64 << 20);

  private StartText() {}

  static String of(Start start) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("inputs", start.inputs());
    if (!Objects.equals(start.event(), start.inputs())) {
      all.put("event", start.event());
    }
    if (start.trigger() != null) {
      all.put("trigger", start.trigger());
    }
    if (start.depth() > 0) {
      all.put("depth", start.depth());
    }
    if (start.error() != null) {
      all.put("error", start.error().toValue());
    }
    Start.Parent parent = start.parent();
    if (parent != null) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("execution", parent.executionId());
      told.put("node", parent.path());
      told.put("awaited", parent.awaited());
      all.put("parent", told);
    }
    if (start.keysOf() != null) {
      all.put("keysOf", start.keysOf());
    }
    Start.Debounce debounce = start.debounce();
    if (debounce != null) {
      all.put("debounce", Map.of("key", debounce.key(), "at", debounce.micros()));
    }
    return Json.write(all);
  }

  static Start parse(String text, String tenant, Map<String, String> attributes) {
    Map<?, ?> all =
        (Map<?, ?>)
            Objects.requireNonNull(Values.normalise(Json.parse(text, LIMITS), Long.MAX_VALUE));
    Map<String, Object> inputs = Inbox.mapOf(all.get("inputs"));
    Number depth = (Number) all.get("depth");
    return new Start(
        inputs,
        all.containsKey("event") ? all.get("event") : inputs,
        (String) all.get("trigger"),
        tenant,
        attributes,
        Inbox.errorOf(all.get("error")),
        depth == null ? 0 : depth.intValue(),
        parent(all.get("parent")),
        (String) all.get("keysOf"),
        debounce(all.get("debounce")));
  }

  private static Start.@Nullable Debounce debounce(@Nullable Object value) {
    return value instanceof Map<?, ?> mark && mark.get("at") instanceof Number at
        ? new Start.Debounce(String.valueOf(mark.get("key")), at.longValue())
        : null;
  }

  private static Start.@Nullable Parent parent(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> parent)) {
      return null;
    }
    return new Start.Parent(
        String.valueOf(parent.get("execution")),
        String.valueOf(parent.get("node")),
        Boolean.TRUE.equals(parent.get("awaited")),
        run -> {});
  }
}
