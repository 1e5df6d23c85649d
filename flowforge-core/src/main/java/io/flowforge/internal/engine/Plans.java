package io.flowforge.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowforge.InvalidFlowException;
import io.flowforge.flow.Flow;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.Planned;
import io.flowforge.internal.plan.Planner;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans of flows, made once for each content hash.
 *
 * <p>A flow object that was planned before is found by identity, without hashing; the last one even
 * without a look-up.
 */
final class Plans {
  private static final int MOST = 10_000;

  private final Types types;
  private final boolean intercepted;
  private final Cache<Flow, Plan> byObject =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();
  private final Cache<String, Plan> byHash =
      Caffeine.newBuilder().maximumSize(MOST).softValues().executor(Runnable::run).build();
  private volatile @Nullable Plan last;

  Plans(EngineOptions options) {
    types = Types.of(options);
    intercepted = !options.interceptors.isEmpty();
  }

  /** The plan of a flow. */
  @SuppressWarnings("ReferenceEquality") // the same object is the fast way; equal flows come below
  Plan of(Flow flow) {
    Plan recent = last;
    if (recent != null && recent.flow == flow) {
      return recent;
    }
    Plan plan = byObject.getIfPresent(flow);
    if (plan == null) {
      plan = byHash.get(flow.contentHash(), hash -> fresh(flow));
      byObject.put(flow, plan);
    }
    last = plan;
    return plan;
  }

  private Plan fresh(Flow flow) {
    Planned planned = plan(flow);
    Plan plan = planned.plan();
    if (plan == null) {
      throw new InvalidFlowException(planned.problems());
    }
    return plan;
  }

  Planned plan(Flow flow) {
    return Planner.plan(flow, types, intercepted);
  }

  @Nullable Trigger<Object> trigger(String type) {
    return types.trigger(type);
  }

  boolean hasTriggers() {
    return types.hasTriggers();
  }

  List<NodeType> catalog() {
    return types.catalog();
  }

  List<String> complaints() {
    return types.complaints();
  }

  void close() {
    types.close();
  }
}
