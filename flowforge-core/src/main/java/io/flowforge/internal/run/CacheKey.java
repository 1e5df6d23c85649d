package io.flowforge.internal.run;

import io.flowforge.internal.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/** The key of a node's result in the cache: flow, node, and what it depends on. */
final class CacheKey {
  private CacheKey() {}

  static String of(PlanNode node, Scope scope, Env env, @Nullable Object config) {
    Object own = node.cacheKey == null ? config : node.cacheKey.resolve(env);
    return scope.plan.root().flow.id()
        + "\n"
        + scope.prefixOfNodes()
        + node.id
        + "\n"
        + node.type
        + "\n"
        + own;
  }
}
