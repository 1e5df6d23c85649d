package io.flowforge;

import java.util.List;
import java.util.Map;

/**
 * How an engine fares.
 *
 * @param state whether it takes and does work
 * @param facts figures by name, such as {@code underWay}, {@code queued} and {@code completed}
 * @param complaints what is wrong, one sentence each; empty when UP
 */
public record Health(State state, Map<String, Object> facts, List<String> complaints) {
  /** Whether an engine takes and does work. */
  public enum State {
    /** All is well. */
    UP,
    /** It works, but something needs a look. */
    DEGRADED,
    /** It takes no work. */
    DOWN
  }

  /** Copies. */
  public Health {
    facts = Map.copyOf(facts);
    complaints = List.copyOf(complaints);
  }
}
