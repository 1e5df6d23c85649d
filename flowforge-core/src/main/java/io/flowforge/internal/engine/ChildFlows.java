package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.InvalidFlowException;
import io.flowforge.QueueOptions;
import io.flowforge.execution.ExecutionError;
import io.flowforge.internal.binding.PlainMap;
import io.flowforge.internal.control.SubflowConfig;
import io.flowforge.internal.plan.Plan;
import io.flowforge.internal.plan.PlanNode;
import io.flowforge.internal.run.Host;
import io.flowforge.internal.run.Run;
import io.flowforge.internal.run.Start;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.store.NewExecution;
import io.flowforge.spi.store.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flows that executions start themselves: those of sub-flow nodes, and the one that a failed
 * execution names for it.
 *
 * <p>What was acknowledged must not fail because of the process that goes on with it. So an
 * execution that was taken up from a store waits for a flow that this process does not know, as it
 * may be registered in a moment, and is parked in the end, for a process that knows it. And every
 * execution waits while the store that has the flow is out of reach.
 */
final class ChildFlows {
  private static final Logger LOG = LoggerFactory.getLogger("io.flowforge.engine");
  private static final int DEEPEST = 16;
  private static final int MOST_TOLD = 1_000;
  private static final long STORE_AWAY_MICROS = 1_000_000;

  // The wait grows as the time since the takeover does, and so each is as long as all before it.
  private static final long SHORTEST_WAIT_MICROS = 100_000;
  private static final long PATIENCE_MICROS = 30_000_000;

  private final Engine engine;
  private final EngineHost host;
  private final @Nullable Persistence stored;

  /** Ids of flows whose absence was told. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  ChildFlows(Engine engine, EngineHost host, @Nullable Persistence stored) {
    this.engine = engine;
    this.host = host;
    this.stored = stored;
  }

  // ---- sub-flows

  void start(Run parent, PlanNode node, String id, SubflowConfig config, Start.Parent told) {
    Start start = parent.start();
    if (start.depth() >= DEEPEST) {
      throw new FlowForgeException(
          "FF-SUBFLOW-DEPTH",
          "sub-flows are nested deeper than " + DEEPEST + "; does a flow start itself?");
    }
    Plan plan =
        node.body == null
            ? engine.planOf(start.tenant(), String.valueOf(config.flow()), config.version())
            : node.body;
    Map<String, Object> given = config.inputs() == null ? PlainMap.of() : config.inputs();
    Start child = child(parent, StartInputs.check(plan, given, null), null, told);
    if (stored == null) {
      engine.startChild(plan, id, child);
    } else {
      stored.starts().startChild(parent, plan, id, child);
    }
  }

  /** See {@link Host#flowWaitMicros}. */
  long waitMicros(Run parent, PlanNode node, SubflowConfig config) {
    if (node.body != null) {
      Plan plan = node.body;
      return waitMicros(parent, plan.flow.id(), () -> Optional.of(plan));
    }
    String id = String.valueOf(config.flow());
    return waitMicros(
        parent, id, () -> engine.findPlan(parent.start().tenant(), id, config.version()));
  }

  /** Whether executions of a tenant can start a flow here. */
  boolean knows(String tenant, String flowId) {
    try {
      return engine.findPlan(tenant, flowId, null).isPresent();
    } catch (StoreException away) {
      throw away;
    } catch (FlowForgeException refused) {
      LOG.debug("flow {} cannot be started", flowId, refused);
      return false;
    }
  }

  // ---- error flows

  /** See {@link Host#errorFlowWaitMicros}. */
  long waitMicros(Run failed, String flowId) {
    return standsBehindAnother(failed)
        ? 0
        : waitMicros(failed, flowId, () -> engine.findPlan(failed.start().tenant(), flowId, null));
  }

  /** Starts it; without a store. */
  void startErrorFlow(Run failed, String flowId, ExecutionError error) {
    if (standsBehindAnother(failed)) {
      complain(failed, flowId);
      return;
    }
    Plan plan = engine.planOf(failed.start().tenant(), flowId, null);
    Start start = errorStart(failed, error);
    engine.admitAlways(
        new Run(host, plan, errorId(failed), host.time().epochMicros(), start), plan);
  }

  /** The execution of it that is created with the last page of the one that failed. */
  @Nullable NewExecution newErrorFlow(Run failed, String flowId, ExecutionError error) {
    if (stored == null) {
      return null;
    }
    if (standsBehindAnother(failed)) {
      complain(failed, flowId);
      return null;
    }
    try {
      Plan plan = engine.planOf(failed.start().tenant(), flowId, null);
      String id = errorId(failed);
      Start start = errorStart(failed, error);
      return stored
          .starts()
          .unowned(plan, id, start, stored.queued().place(plan, id, start, QueueOptions.NONE));
    } catch (FlowForgeException refused) {
      host.complain(
          "error flow " + flowId + " of execution " + failed.id() + " was refused", refused);
      return null;
    }
  }

  private static boolean standsBehindAnother(Run failed) {
    return failed.start().error() != null;
  }

  private void complain(Run failed, String flowId) {
    host.complain(
        "error flow "
            + flowId
            + " of execution "
            + failed.id()
            + " was not started: it stands behind an error flow itself",
        null);
  }

  private static String errorId(Run failed) {
    return failed.id() + ".error";
  }

  private static Start errorStart(Run failed, ExecutionError error) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("error", error.toValue());
    inputs.put("executionId", failed.id());
    inputs.put("flowId", failed.flow().id());
    inputs.put("inputs", failed.start().inputs());
    return child(failed, PlainMap.copyOf(inputs), error, null);
  }

  // ---- both

  private static Start child(
      Run parent,
      Map<String, Object> inputs,
      @Nullable ExecutionError error,
      Start.@Nullable Parent told) {
    Start start = parent.start();
    return new Start(
        inputs,
        inputs,
        null,
        start.tenant(),
        start.attributes(),
        error,
        start.depth() + 1,
        told,
        null,
        null);
  }

  private interface Lookup {
    Optional<Plan> find();
  }

  private long waitMicros(Run run, String flowId, Lookup flow) {
    Persistence store = stored;
    if (store == null) {
      return 0;
    }
    boolean found;
    try {
      Optional<Plan> plan = flow.find();
      plan.ifPresent(store.archive()::keep);
      found = plan.isPresent();
    } catch (StoreException failure) {
      return failure.kind() == StoreException.Kind.FATAL ? 0 : STORE_AWAY_MICROS;
    } catch (InvalidFlowException unknownTypes) {
      found = false;
    } catch (FlowForgeException refused) {
      // As when the flow is deleted; the start is refused for it as well.
      found = true;
    }
    if (found || run.revivedMicros() == 0) {
      return 0;
    }
    if (told.size() < MOST_TOLD && told.add(flowId)) {
      LOG.warn(
          "execution {} waits for flow {}, which this engine does not know; add it to the builder"
              + " of the engine",
          run.id(),
          Shown.quoted(flowId));
    }
    long since = host.time().epochMicros() - run.revivedMicros();
    return since < PATIENCE_MICROS ? Math.max(SHORTEST_WAIT_MICROS, since) : Host.NEVER;
  }
}
