package io.flowforge.internal.run;

import io.flowforge.execution.Json;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/** The key of a node's result in the cache: tenant, flow, node, and what it depends on. */
final class CacheKey {
  private CacheKey() {}

  /** As JSON, for the text forms of maps and lists do not tell all values apart. */
  private static String text(@Nullable Object config) {
    try {
      return Json.write(Values.normalise(config));
    } catch (RuntimeException ignored) {
      // A config with a secret or an expression in it has no JSON; its own text form must do.
      return String.valueOf(config);
    }
  }

  static String of(PlanNode node, Scope scope, Env env, @Nullable Object config) {
    Object own = node.cacheKey == null ? text(config) : Json.write(node.cacheKey.resolve(env));
    return scope.run.start.scoped(scope.plan.root().flow.id())
        + "\n"
        + scope.prefixOfNodes()
        + node.id
        + "\n"
        // Credentials leave no trace in a config's text, and those of tenants differ.
        + scope.run.start().tenant()
        + "\n"
        + node.type
        + "\n"
        + own;
  }
}
