package io.flowforge;

/** What a stored flow may be used for. */
public enum FlowStatus {
  /** It may be started; its triggers do not run. */
  READY,
  /** It may be started, and its triggers run. */
  ACTIVE,
  /** It is not started any more; what runs goes on. */
  INACTIVE,
  /** It is not started any more, and kept only to be restored; what runs goes on. */
  DELETED
}
