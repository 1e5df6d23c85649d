package io.flowforge.internal.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowforge.FlowForgeException;
import io.flowforge.flow.Flow;
import io.flowforge.internal.plan.Plan;
import io.flowforge.spi.store.FlowStore;
import java.nio.charset.StandardCharsets;

/** Keeps every flow that an execution was started with, by its content hash. */
final class FlowArchive {
  /** Kind of the records. */
  static final String KIND = "flow-version";

  private static final int MOST = 10_000;

  private final FlowStore store;
  private final Plans plans;
  private final long patienceMicros;

  /** Plans by hash, of flows that are known to be in the store. */
  private final Cache<String, Plan> kept =
      Caffeine.newBuilder().maximumSize(MOST).softValues().executor(Runnable::run).build();

  FlowArchive(FlowStore store, Plans plans, long patienceMicros) {
    this.store = store;
    this.plans = plans;
    this.patienceMicros = patienceMicros;
  }

  /** Sees to it that the flow of a plan is in the store. */
  void keep(Plan plan) {
    String hash = plan.flow.contentHash();
    if (kept.getIfPresent(hash) == null) {
      keep(plan.flow);
      kept.put(hash, plan);
    }
  }

  /** Sees to it that a flow is in the store, whether or not it can be run here. */
  void keep(Flow flow) {
    byte[] text = flow.toJson().getBytes(StandardCharsets.UTF_8);
    // When it is there already, from this process or another, the write changes nothing.
    StoreCalls.get(store.write(KIND, flow.contentHash(), 0, text), patienceMicros);
  }

  /** The plan of a flow that may not be in the store yet. */
  Plan plan(Flow flow) {
    return plans.of(flow);
  }

  /** The plan of a flow that is in the store. */
  Plan plan(String hash) {
    Plan known = kept.getIfPresent(hash);
    if (known != null) {
      return known;
    }
    Plan plan = plans.of(flow(hash));
    kept.put(hash, plan);
    return plan;
  }

  /** A flow that is in the store, whether or not it can be run here. */
  Flow flow(String hash) {
    byte[] text =
        StoreCalls.get(store.read(KIND, hash), patienceMicros)
            .orElseThrow(
                () ->
                    new FlowForgeException(
                        "FF-FLOW-UNKNOWN", "no flow with content hash " + hash + " is stored"))
            .value();
    return Flow.parse(new String(text, StandardCharsets.UTF_8));
  }
}
