package io.flowforge.internal.engine;

import io.flowforge.CredentialStore;
import io.flowforge.Execution;
import io.flowforge.ExecutionResult;
import io.flowforge.FlowForge;
import io.flowforge.FlowRepository;
import io.flowforge.Health;
import io.flowforge.Operations;
import io.flowforge.Shutdown;
import io.flowforge.StartOptions;
import io.flowforge.execution.EventStream;
import io.flowforge.flow.Flow;
import io.flowforge.flow.Problem;
import io.flowforge.spi.AuditEntry;
import io.flowforge.spi.AuditQuery;
import io.flowforge.spi.Blobs;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.store.NewExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The engine as one caller sees it: what belongs to other tenants is not there, and what is done
 * goes into the audit log in the caller's name.
 */
final class EngineDoor implements FlowForge {
  private final Engine engine;
  private final Audit audit;
  private final Caller caller;

  EngineDoor(Engine engine, Audit audit, Caller caller) {
    this.engine = engine;
    this.audit = audit;
    this.caller = caller;
  }

  // ---- callers

  @Override
  public FlowForge as(String actor) {
    return new EngineDoor(engine, audit, caller.as(actor));
  }

  @Override
  public FlowForge forTenant(String tenant) {
    return new EngineDoor(engine, audit, caller.of(tenant));
  }

  /** Whether it is the host's own view, which has all rights. */
  private boolean isHosts() {
    return caller.tenant() == null;
  }

  private StartOptions mine(StartOptions how) {
    if (isHosts()) {
      return how;
    }
    if (!how.tenant().isEmpty() && !caller.sees(how.tenant())) {
      throw caller.bound("a start for another tenant");
    }
    return how.withTenant(caller.home());
  }

  /** Refuses what belongs to another tenant as if it were not there. */
  void see(String executionId) {
    if (!isHosts() && !isVisible(executionId)) {
      throw Persistence.unknown(executionId);
    }
  }

  private boolean isVisible(String executionId) {
    String tenant = engine.tenantOf(executionId);
    return tenant != null && caller.sees(tenant);
  }

  /** Notes what was done to an execution. */
  void note(String action, String executionId, Map<String, String> detail) {
    String tenant = isHosts() ? engine.tenantOf(executionId) : caller.home();
    audit.note(caller, tenant == null ? "" : tenant, action, executionId, detail);
  }

  /** Notes what was done to many executions. */
  void noteAll(String action, String object, Map<String, String> detail) {
    audit.note(caller, caller.home(), action, object, detail);
  }

  /** The handle that a caller gets. */
  Execution handle(Execution inner) {
    return audit.isOn() ? new ExecutionDoor(inner, this) : inner;
  }

  // ---- starting

  @Override
  public Execution start(
      Flow flow, Map<String, ? extends @Nullable Object> inputs, StartOptions options) {
    return started(engine.start(flow, inputs, mine(options)));
  }

  @Override
  public Execution start(String flowId, Map<String, ? extends @Nullable Object> inputs) {
    return start(flowId, inputs, StartOptions.DEFAULT);
  }

  @Override
  public Execution start(
      String flowId, Map<String, ? extends @Nullable Object> inputs, StartOptions options) {
    return started(engine.start(flowId, inputs, mine(options)));
  }

  private Execution started(Execution execution) {
    if (audit.hearsStarts() && execution.created()) {
      note("execution.start", execution.id(), Map.of("flow", execution.flow().id()));
    }
    return handle(execution);
  }

  @Override
  public NewExecution prepare(
      Flow flow, Map<String, ? extends @Nullable Object> inputs, StartOptions options) {
    return engine.prepare(flow, inputs, mine(options));
  }

  @Override
  public CompletionStage<List<ExecutionResult>> startAll(
      Flow flow, List<? extends Map<String, ? extends @Nullable Object>> inputs, int limit) {
    return engine.startAll(caller.home(), flow, inputs, limit);
  }

  @Override
  public void register(Flow flow) {
    if (!isHosts()) {
      throw caller.bound("registering a flow for all tenants");
    }
    engine.register(flow);
  }

  // ---- looking

  @Override
  public FlowRepository flows() {
    return engine.flows(caller);
  }

  @Override
  public List<Problem> validate(Flow flow) {
    return engine.validate(flow);
  }

  @Override
  public Optional<Execution> execution(String id) {
    return isHosts() || isVisible(id) ? engine.execution(id).map(this::handle) : Optional.empty();
  }

  @Override
  public List<Execution> executions() {
    return engine.executions().stream()
        .filter(one -> isHosts() || isVisible(one.id()))
        .map(this::handle)
        .toList();
  }

  @Override
  public List<AuditEntry> audit(AuditQuery query) {
    if (isHosts()) {
      return audit.read(query);
    }
    String wanted = query.tenant();
    return wanted == null || caller.sees(wanted)
        ? audit.read(query.withTenant(caller.home()))
        : List.of();
  }

  @Override
  public List<NodeType> catalog() {
    return engine.catalog();
  }

  @Override
  public EventStream events() {
    return engine.events(caller.tenant());
  }

  @Override
  public Health health() {
    Health all = engine.health();
    return isHosts() ? all : new Health(all.state(), Map.of(), List.of());
  }

  // ---- operating

  @Override
  public Operations operations() {
    return new OperationsDoor(engine.operations(), this, caller);
  }

  @Override
  public Blobs blobs() {
    return engine.blobs();
  }

  @Override
  public CredentialStore credentials() {
    return new CredentialsDoor(engine.credentials(), audit, caller);
  }

  @Override
  public int publish(String event, @Nullable String correlation, @Nullable Object payload) {
    return engine.publish(caller.home(), null, event, correlation, payload);
  }

  @Override
  public int publish(
      String event, @Nullable String correlation, @Nullable Object payload, String eventId) {
    return engine.publish(caller.home(), eventId, event, correlation, payload);
  }

  // ---- closing: only the engine that was built is closed

  @Override
  public Shutdown close(Duration timeout) {
    return caller.equals(Caller.HOST) ? engine.close(timeout) : new Shutdown(List.of(), List.of());
  }

  @Override
  public void close() {
    if (caller.equals(Caller.HOST)) {
      engine.close();
    }
  }
}
