package io.flowforge.actions.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The output that all list actions share. */
final class Listing {
  private Listing() {}

  static Map<String, @Nullable Object> of(List<? extends @Nullable Object> items) {
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    output.put("items", items);
    output.put("count", items.size());
    return output;
  }
}
