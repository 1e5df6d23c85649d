package io.flowforge.internal.run;

import java.util.Map;
import java.util.TreeMap;

/**
 * Variables that operators have set, beside those that nodes set.
 *
 * <p>All methods run on the thread that drives the run.
 */
final class VariableEdits {
  private final Map<String, Long> times = new TreeMap<>();

  /** New values from an operator; they count only while nothing moves on. */
  void hear(Run run, Map<String, Object> values) {
    Journal journal = run.journal;
    if (!run.isPaused() || run.ending.isDecided() || journal == null) {
      run.host.complain(
          "new variables for " + run.id() + " came when it was not paused any more", null);
      return;
    }
    values.forEach(
        (name, value) -> {
          run.assign(name, value);
          journal.edited(name, value);
          times.put(name, run.lastMicros);
        });
    run.seq++;
    run.emitter.edited(values);
  }

  /** A variable was set in an earlier life of the run. */
  void replay(String name, long micros) {
    times.put(name, micros);
  }

  /** When operators set variables last, in microseconds since 1970, by their names. */
  Map<String, Long> times() {
    return times;
  }
}
