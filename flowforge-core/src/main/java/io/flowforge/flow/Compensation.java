package io.flowforge.flow;

import java.util.Map;

/**
 * What undoes a completed node when its execution fails, is cancelled or times out.
 *
 * @param type node type of the undoing action
 * @param config its config; resolved when the compensation starts, and may use the node's own
 *     output
 */
public record Compensation(String type, Map<String, Object> config) {
  /** Copies the config. */
  public Compensation {
    config = PlainValues.copy(config);
  }
}
