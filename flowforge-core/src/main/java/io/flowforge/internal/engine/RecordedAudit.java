package io.flowforge.internal.engine;

import io.flowforge.execution.Json;
import io.flowforge.spi.AuditEntry;
import io.flowforge.spi.AuditLog;
import io.flowforge.spi.AuditQuery;
import io.flowforge.spi.store.FlowStore;
import io.flowforge.spi.store.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The audit log in the engine's store: a record for each entry, so that engines never meet. */
final class RecordedAudit implements AuditLog {
  private static final String KIND = "audit";
  private static final int PAGE = 500;

  private final FlowStore store;
  private final long patienceMicros;

  RecordedAudit(FlowStore store, long patienceMicros) {
    this.store = store;
    this.patienceMicros = patienceMicros;
  }

  @Override
  public CompletionStage<@Nullable Void> append(AuditEntry entry) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("at", entry.at());
    value.put("tenant", entry.tenant());
    value.put("actor", entry.actor());
    value.put("action", entry.action());
    value.put("object", entry.object());
    value.put("detail", entry.detail());
    return store.write(KIND, entry.id(), 0, Json.bytes(value)).thenApply(written -> null);
  }

  @Override
  public List<AuditEntry> read(AuditQuery query) {
    List<AuditEntry> found = new ArrayList<>();
    String after = query.after();
    while (true) {
      List<StoredRecord> page = StoreCalls.get(store.scan(KIND, "", after, PAGE), patienceMicros);
      for (StoredRecord one : page) {
        AuditEntry entry = entry(one);
        if (query.wants(entry)) {
          found.add(entry);
        }
        if (found.size() == query.limit()) {
          return found;
        }
      }
      if (page.size() < PAGE) {
        return found;
      }
      after = page.get(PAGE - 1).key();
    }
  }

  private static AuditEntry entry(StoredRecord found) {
    Map<?, ?> value = (Map<?, ?>) Objects.requireNonNull(Json.parse(found.value()));
    Map<String, String> detail = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(value.get("detail")))
        .forEach((name, fact) -> detail.put(String.valueOf(name), String.valueOf(fact)));
    return new AuditEntry(
        found.key(),
        Instant.parse(text(value, "at")),
        text(value, "tenant"),
        text(value, "actor"),
        text(value, "action"),
        text(value, "object"),
        detail);
  }

  private static String text(Map<?, ?> value, String name) {
    return String.valueOf(value.get(name));
  }
}
