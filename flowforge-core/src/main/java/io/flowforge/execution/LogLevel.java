package io.flowforge.execution;

/** How much a line of a log matters, least first. */
public enum LogLevel {
  /** Every single step. */
  TRACE,
  /** For finding faults. */
  DEBUG,
  /** What went on. */
  INFO,
  /** Something that needs a look. */
  WARN,
  /** A failure. */
  ERROR,
  /** Nothing: no line has this level. */
  OFF
}
