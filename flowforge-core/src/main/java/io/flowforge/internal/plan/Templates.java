package io.flowforge.internal.plan;

import org.jspecify.annotations.Nullable;

/** Tells templates from other values. */
final class Templates {
  private Templates() {}

  /** Whether a value is one whole <code>${…}</code>, which may give anything. */
  static boolean isTemplate(@Nullable Object value) {
    return value instanceof String text && text.startsWith("${") && text.endsWith("}");
  }
}
