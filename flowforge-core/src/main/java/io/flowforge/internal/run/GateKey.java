package io.flowforge.internal.run;

import io.flowforge.internal.expression.Template;
import org.jspecify.annotations.Nullable;

/** Names under which runs share a gate. */
final class GateKey {
  private GateKey() {}

  static String of(@Nullable Template template, Scope scope, int n, String otherwise) {
    if (template == null) {
      return otherwise;
    }
    return String.valueOf(template.resolve(new Env(scope, n)));
  }
}
