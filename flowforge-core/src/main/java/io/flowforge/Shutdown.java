package io.flowforge;

import java.util.List;

/**
 * What {@link FlowForge#close(java.time.Duration)} had to leave behind.
 *
 * @param interrupted addresses of node runs that did not finish in time, {@code execution/node}
 * @param unfinished ids of executions that had not ended
 */
public record Shutdown(List<String> interrupted, List<String> unfinished) {
  /** Copies. */
  public Shutdown {
    interrupted = List.copyOf(interrupted);
    unfinished = List.copyOf(unfinished);
  }
}
