package io.flowforge.internal.binding;

import io.flowforge.internal.text.Pointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Takes maps of any keys and of values of one kind. */
final class MapKind extends Kind {
  private final Kind value;
  private final boolean nullable;
  private final Bounds size;

  MapKind(Kind value, boolean nullable, Bounds size) {
    this.value = value;
    this.nullable = nullable;
    this.size = size;
  }

  @Override
  String noun() {
    return "an object";
  }

  @Override
  Object convert(Object from) {
    if (!(from instanceof Map<?, ?> map)) {
      throw misfit(from);
    }
    size.requireSize(map.size(), "entries");
    if (value instanceof SimpleKinds.Any && nullable) {
      return map;
    }
    PlainMap.Builder converted = PlainMap.builder();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object inner = entry.getValue();
      converted.put((String) entry.getKey(), inner == null ? absent() : value.convert(inner));
    }
    return converted.build();
  }

  @Override
  void expressions(
      @Nullable Object raw, List<Object> path, BiConsumer<List<Object>, Object> found) {
    if (raw instanceof Map<?, ?> map) {
      map.forEach((key, each) -> value.expressions(each, step(path, key), found));
    }
  }

  private @Nullable Object absent() {
    if (nullable) {
      return null;
    }
    throw new Misfit("must not have null in it");
  }

  @Override
  void checkKnown(Object raw, Pointer place, Findings findings) {
    if (!(raw instanceof Map<?, ?> map)) {
      findings.add(place, misfit(raw));
      return;
    }
    try {
      size.requireSize(map.size(), "entries");
    } catch (Misfit misfit) {
      findings.add(place, misfit);
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Pointer inner = place.at(String.valueOf(entry.getKey()));
      Object from = entry.getValue();
      if (from != null) {
        value.check(from, inner, findings);
      } else if (!nullable) {
        findings.add(inner, new Misfit("must be " + value.noun() + ", was null"));
      }
    }
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    Map<String, Object> inner = value.schema();
    if (!inner.isEmpty()) {
      schema.put("additionalProperties", inner);
    }
    size.describe(schema, "minProperties", "maxProperties");
    return schema;
  }
}
