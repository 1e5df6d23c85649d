package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Timestamps;
import io.flowforge.spi.AuditEntry;
import io.flowforge.spi.AuditLevel;
import io.flowforge.spi.AuditLog;
import io.flowforge.spi.AuditQuery;
import io.flowforge.spi.store.FlowStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door to the audit log. What it is told has happened already, so a log that fails refuses
 * nothing: the loss is counted and complained of.
 */
final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  private final EngineHost host;
  private final @Nullable AuditLog log;
  private final boolean starts;
  private final long patienceMicros;
  private final LongAdder lost = new LongAdder();

  Audit(EngineOptions options, EngineHost host) {
    this.host = host;
    this.patienceMicros = SharedGates.micros(options.startDeadline);
    this.log = options.auditLevel == AuditLevel.OFF ? null : log(options, patienceMicros);
    this.starts = options.auditLevel == AuditLevel.STARTS;
  }

  private static @Nullable AuditLog log(EngineOptions options, long patienceMicros) {
    FlowStore store = options.store;
    if (options.auditLog != null || store == null) {
      return options.auditLog;
    }
    return new RecordedAudit(store, patienceMicros);
  }

  /** Whether anything is kept. */
  boolean isOn() {
    return log != null;
  }

  /** Whether the starts of executions are kept. */
  boolean hearsStarts() {
    return log != null && starts;
  }

  /**
   * Notes what a caller has done; neither payloads nor secrets.
   *
   * @param tenant tenant of the object; empty is none
   */
  void note(
      Caller caller, String tenant, String action, String object, Map<String, String> detail) {
    if (log == null) {
      return;
    }
    long now = host.time().epochMicros();
    AuditEntry entry =
        new AuditEntry(
            host.ids().next(now),
            Timestamps.ofMicros(now),
            tenant,
            caller.actor(),
            action,
            object,
            detail);
    try {
      StoreCalls.get(log.append(entry), patienceMicros);
    } catch (RuntimeException failed) {
      lost.increment();
      LOG.warn("{} of {} is not in the audit log", action, object, failed);
    }
  }

  List<AuditEntry> read(AuditQuery query) {
    if (log == null) {
      throw new FlowForgeException(
          "FF-AUDIT-OFF",
          "the engine keeps no audit log; give it a store or a log, and a level other than OFF");
    }
    return log.read(query);
  }

  void describe(Map<String, Object> facts, List<String> complaints) {
    if (lost.sum() > 0) {
      facts.put("auditLost", lost.sum());
      complaints.add(lost.sum() + " entries are missing in the audit log");
    }
  }
}
