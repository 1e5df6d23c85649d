package io.flowforge.actions.transform;

import io.flowforge.actions.internal.Shown;
import io.flowforge.spi.ActionException;
import org.jspecify.annotations.Nullable;

/** Failures of the action, in its own words. */
final class Refusals {
  private Refusals() {}

  static ActionException limit(String what) {
    return ActionException.permanent(
        "FF-TRANSFORM-LIMIT", "The transformation was stopped: " + what + '.');
  }

  static ActionException syntax(Language language, @Nullable String reason) {
    return ActionException.permanent(
        "FF-TRANSFORM-SYNTAX",
        "expression is not valid " + name(language) + ": " + Shown.line(reason) + '.');
  }

  static ActionException failed(Language language, @Nullable String reason) {
    return ActionException.permanent(
        "FF-TRANSFORM-FAILED", "The " + name(language) + " failed: " + Shown.line(reason) + '.');
  }

  private static String name(Language language) {
    return switch (language) {
      case JSONATA -> "JSONata expression";
      case JMESPATH -> "JMESPath expression";
      case JSONPATH -> "JSONPath";
    };
  }
}
