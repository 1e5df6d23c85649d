package io.flowforge.internal.engine;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.ExecutionStatus;
import io.flowforge.execution.Json;
import io.flowforge.internal.run.Inbox;
import io.flowforge.internal.run.JournalEntries;
import io.flowforge.internal.text.NearestName;
import io.flowforge.internal.text.Shown;
import io.flowforge.spi.store.Commit;
import io.flowforge.spi.store.ExecutionRecord;
import io.flowforge.spi.store.HeadChange;
import io.flowforge.spi.store.Message;
import io.flowforge.spi.store.StoredExecution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Changes of variables in executions that hold. */
final class VariableChanges {
  private final ExecutionAccess on;

  VariableChanges(ExecutionAccess on) {
    this.on = on;
  }

  void setVariables(String id, Map<String, Object> values) {
    StoredExecution stored = on.whole(id);
    ExecutionStatus status = ExecutionAccess.status(stored);
    if (status != ExecutionStatus.PAUSED && status != ExecutionStatus.PARKED) {
      throw refused(id, status);
    }
    check(stored, values.keySet());
    if (status == ExecutionStatus.PARKED) {
      write(id, values);
    } else if (on.persistence().send(id, Message.Kind.OPERATE, Inbox.VARIABLES, values)
        == Message.Receipt.FINAL) {
      throw refused(id, on.head(id).status());
    }
  }

  private static FlowForgeException refused(String id, ExecutionStatus status) {
    return ExecutionAccess.active(
        id, status, "variables are set while it is paused or parked, pause it first");
  }

  private void check(StoredExecution stored, Set<String> names) {
    Set<String> known = new TreeSet<>();
    known.addAll(on.archive().flow(stored.head().flowHash()).variables().keySet());
    for (Map<?, ?> entry : JournalEntries.of(stored.pages())) {
      if (JournalEntries.kind(entry).equals("var")) {
        known.add(String.valueOf(entry.get("var")));
      }
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new FlowForgeException(
            "FF-VARIABLE-UNKNOWN",
            "the flow of execution "
                + stored.head().id()
                + " has no variable "
                + Shown.quoted(name)
                + NearestName.hint(name, known));
      }
    }
  }

  private void write(String id, Map<String, Object> values) {
    ExecutionRecord taken = on.take(id).orElseThrow(() -> refused(id, on.head(id).status()));
    Commit page =
        on.next(taken, page(values, on.persistence().now()))
            .with(HeadChange.released(ExecutionStatus.PARKED, taken.reason(), 0));
    if (on.write(page) != Commit.Result.APPLIED) {
      throw ExecutionAccess.fenced();
    }
  }

  private static String page(Map<String, Object> values, long now) {
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          Map<String, @Nullable Object> entry = new LinkedHashMap<>();
          entry.put("var", name);
          entry.put("by", "");
          entry.put("is", value);
          entry.put("at", now);
          entries.add(entry);
        });
    return Json.write(entries);
  }
}
