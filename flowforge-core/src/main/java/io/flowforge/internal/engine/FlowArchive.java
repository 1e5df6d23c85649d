package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.flow.Flow;
import io.flowforge.internal.plan.Plan;
import io.flowforge.spi.store.FlowStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps every flow that an execution was started with, by its content hash. */
final class FlowArchive {
  /** Kind of the records. */
  static final String KIND = "flow-version";

  private final FlowStore store;
  private final Plans plans;
  private final long patienceMicros;
  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private final Map<String, Plan> planned = new ConcurrentHashMap<>();

  FlowArchive(FlowStore store, Plans plans, long patienceMicros) {
    this.store = store;
    this.plans = plans;
    this.patienceMicros = patienceMicros;
  }

  /** Sees to it that the flow of a plan is in the store. */
  void keep(Plan plan) {
    String hash = plan.flow.contentHash();
    if (kept.contains(hash)) {
      return;
    }
    byte[] text = plan.flow.toJson().getBytes(StandardCharsets.UTF_8);
    // When it is there already, from this process or another, the write changes nothing.
    StoreCalls.get(store.write(KIND, hash, 0, text), patienceMicros);
    planned.put(hash, plan);
    kept.add(hash);
  }

  /** The plan of a flow that is in the store. */
  Plan plan(String hash) {
    Plan known = planned.get(hash);
    if (known != null) {
      return known;
    }
    byte[] text =
        StoreCalls.get(store.read(KIND, hash), patienceMicros)
            .orElseThrow(
                () ->
                    new FlowForgeException(
                        "FF-FLOW-UNKNOWN", "no flow with content hash " + hash + " is stored"))
            .value();
    Plan plan = plans.of(Flow.parse(new String(text, StandardCharsets.UTF_8)));
    planned.put(hash, plan);
    return plan;
  }
}
