package io.flowforge.internal.engine;

import io.flowforge.execution.LogLevel;
import io.flowforge.execution.LogLine;
import io.flowforge.execution.LogQuery;
import io.flowforge.execution.Timestamps;
import io.flowforge.internal.run.JournalEntries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the lines that nodes have logged. */
final class KeptLogs {
  private final ExecutionAccess on;

  KeptLogs(ExecutionAccess on) {
    this.on = on;
  }

  List<LogLine> of(String id, LogQuery query) {
    // First those that are on their way: looked for later, they might be in neither place.
    List<Map<String, Object>> unwritten = on.persistence().unwrittenLog(id);
    TreeMap<Long, LogLine> lines = new TreeMap<>();
    unwritten.forEach(entry -> add(entry, lines));
    for (Map<?, ?> entry : JournalEntries.of(on.whole(id).pages())) {
      if (JournalEntries.kind(entry).equals("log")) {
        add(entry, lines);
      }
    }
    List<LogLine> wanted = new ArrayList<>();
    for (LogLine line : lines.values()) {
      if (query.takes(line) && wanted.size() < query.limit()) {
        wanted.add(line);
      }
    }
    return wanted;
  }

  private static void add(Map<?, ?> entry, Map<Long, LogLine> lines) {
    long number = JournalEntries.number(entry, "i");
    lines.put(
        number,
        new LogLine(
            number,
            Timestamps.ofMicros(JournalEntries.number(entry, "at")),
            LogLevel.valueOf(String.valueOf(entry.get("l"))),
            String.valueOf(entry.get("log")),
            (int) JournalEntries.number(entry, "n"),
            String.valueOf(entry.get("m")),
            Boolean.TRUE.equals(entry.get("cut"))));
  }
}
