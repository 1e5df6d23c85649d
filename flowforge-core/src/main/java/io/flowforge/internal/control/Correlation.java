package io.flowforge.internal.control;

import io.flowforge.execution.Json;
import org.jspecify.annotations.Nullable;

/** The text form under which correlations are compared: text as it is, everything else as JSON. */
final class Correlation {
  private Correlation() {}

  static @Nullable String text(@Nullable Object value) {
    return value == null || value instanceof String ? (String) value : Json.write(value);
  }
}
