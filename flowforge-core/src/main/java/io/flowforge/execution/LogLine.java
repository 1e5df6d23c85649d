package io.flowforge.execution;

import java.time.Instant;
import java.util.Objects;

/**
 * A line that a node run has written to the log, as it is kept with its execution.
 *
 * @param number counts the lines of the execution from 1; a number may be missing
 * @param at when it was written, by the engine's clock
 * @param level how much it matters
 * @param node address of the node run
 * @param attempt the attempt that wrote it, counted from 1
 * @param message one line, at most 2,000 characters, without the texts of credentials
 * @param cut whether it stands for lines that were not kept because there were too many
 */
public record LogLine(
    long number,
    Instant at,
    LogLevel level,
    String node,
    int attempt,
    String message,
    boolean cut) {
  /** Checks the parts. */
  public LogLine {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(message, "message");
  }
}
