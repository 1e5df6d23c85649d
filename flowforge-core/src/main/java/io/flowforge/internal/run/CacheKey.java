package io.flowforge.internal.run;

import io.flowforge.execution.Json;
import io.flowforge.internal.binding.Values;
import io.flowforge.internal.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/**
 * The key of a node's result in the cache: tenant, flow, node, and what it depends on.
 *
 * @param exact whether the text tells all of what it depends on; only then it means the same in
 *     another process, which may have other credentials under the same names
 */
public record CacheKey(String text, boolean exact) {
  static CacheKey of(PlanNode node, Scope scope, Env env, @Nullable Object config) {
    String own = node.cacheKey == null ? json(config) : Json.write(node.cacheKey.resolve(env));
    String tenant = scope.run.start().tenant();
    String text =
        // The length, so that no tenant's name can end where the next part would begin.
        tenant.length()
            + ":"
            + tenant
            + "\n"
            + scope.plan.root().flow.id()
            + "\n"
            + scope.prefixOfNodes()
            + node.id
            + "\n"
            + node.type
            + "\n"
            // Without JSON its own text form must do, in which credentials leave no trace.
            + (own == null ? String.valueOf(config) : own);
    return new CacheKey(text, own != null);
  }

  /**
   * As JSON, for the text forms of maps and lists do not tell all values apart; null for a config
   * with a secret or an expression in it, which has no JSON.
   */
  private static @Nullable String json(@Nullable Object config) {
    try {
      return Json.write(Values.normalise(config));
    } catch (RuntimeException ignored) {
      return null;
    }
  }
}
