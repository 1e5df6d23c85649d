package io.flowforge.internal.binding;

import io.flowforge.internal.text.Pointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Takes lists; a single value is none. */
final class ListKind extends Kind {
  private final Kind element;
  private final boolean nullable;
  private final Bounds size;

  ListKind(Kind element, boolean nullable, Bounds size) {
    this.element = element;
    this.nullable = nullable;
    this.size = size;
  }

  @Override
  String noun() {
    return "a list";
  }

  @Override
  Object convert(Object value) {
    if (!(value instanceof List<?> list)) {
      throw misfit(value);
    }
    size.requireSize(list.size(), "elements");
    @Nullable Object[] converted = new Object[list.size()];
    boolean same = true;
    for (int i = 0; i < converted.length; i++) {
      Object from = list.get(i);
      Object to = from == null ? absent() : element.convert(from);
      converted[i] = to;
      same &= to == from;
    }
    return same ? list : PlainList.of(converted);
  }

  @Override
  void expressions(
      @Nullable Object raw, List<Object> path, BiConsumer<List<Object>, Object> found) {
    if (raw instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        element.expressions(list.get(i), step(path, i), found);
      }
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
    if (!(raw instanceof List<?> list)) {
      findings.add(place, misfit(raw));
      return;
    }
    try {
      size.requireSize(list.size(), "elements");
    } catch (Misfit misfit) {
      findings.add(place, misfit);
    }
    for (int i = 0; i < list.size(); i++) {
      Object from = list.get(i);
      if (from != null) {
        element.check(from, place.at(i), findings);
      } else if (!nullable) {
        findings.add(place.at(i), new Misfit("must be " + element.noun() + ", was null"));
      }
    }
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", element.schema());
    size.describe(schema, "minItems", "maxItems");
    return schema;
  }
}
