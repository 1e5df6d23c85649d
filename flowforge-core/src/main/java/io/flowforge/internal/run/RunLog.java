package io.flowforge.internal.run;

import io.flowforge.execution.LogLevel;
import io.flowforge.internal.text.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The log of a run as far as it is kept with its execution: lines travel with the next page, and
 * never make one. Bounded for each node run and for the whole; a last line says that others were
 * cut. Thread-safe, as actions write from their own threads.
 */
public final class RunLog {
  /** Lines that are kept of one node run. */
  static final int NODE_LINES = 100;

  /** Lines that are kept of one execution. */
  static final int RUN_LINES = 1000;

  /** Letters that are kept of a line. */
  static final int LONGEST = 2000;

  private final Map<String, Integer> counts = new HashMap<>();
  private List<Map<String, Object>> waiting = new ArrayList<>();
  private List<Map<String, Object>> flying = List.of();
  private long number;
  private boolean full;
  private boolean closed;

  RunLog() {}

  /** A line of an attempt. */
  synchronized void add(String path, int attempt, long micros, LogLevel level, String text) {
    if (closed || full) {
      return;
    }
    int ofNode = counts.merge(path, 1, Integer::sum);
    if (number >= RUN_LINES) {
      full = true;
      cut(path, attempt, micros, "the first " + RUN_LINES + " lines of an execution are kept");
    } else if (ofNode <= NODE_LINES) {
      line(path, attempt, micros, level, Shown.escaped(text, LONGEST));
    } else if (ofNode == NODE_LINES + 1) {
      cut(path, attempt, micros, "the first " + NODE_LINES + " lines of a node run are kept");
    }
  }

  private void cut(String path, int attempt, long micros, String why) {
    line(path, attempt, micros, LogLevel.WARN, "lines were cut here: " + why).put("cut", true);
  }

  private Map<String, Object> line(
      String path, int attempt, long micros, LogLevel level, String text) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("log", path);
    entry.put("i", ++number);
    entry.put("n", attempt);
    entry.put("at", micros);
    entry.put("l", level.name());
    entry.put("m", text);
    waiting.add(entry);
    return entry;
  }

  /** Counts a line that an earlier life of the run has written. */
  synchronized void written(String path, long last) {
    counts.merge(path, 1, Integer::sum);
    number = Math.max(number, last);
    full = number > RUN_LINES;
  }

  /** The lines for the page that is written now. */
  synchronized List<Map<String, Object>> take() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Map<String, Object>> taken = waiting;
    waiting = new ArrayList<>();
    flying = new ArrayList<>(flying);
    flying.addAll(taken);
    return taken;
  }

  /** The page is written. */
  synchronized void landed() {
    flying = List.of();
  }

  /** The entries of all lines that the store may not have yet. */
  public synchronized List<Map<String, Object>> unwritten() {
    List<Map<String, Object>> all = new ArrayList<>(flying);
    all.addAll(waiting);
    return all;
  }

  /** Whoever still writes does so for an execution that is another's. */
  synchronized void close() {
    closed = true;
    waiting = new ArrayList<>();
  }
}
