package io.flowforge.spi;

/** What goes into the audit log. */
public enum AuditLevel {
  /** Nothing. */
  OFF,
  /** What changes flows, credentials and executions under way. */
  CHANGES,
  /** The starts of executions as well. */
  STARTS
}
