package io.flowforge.internal.run;

import io.flowforge.execution.ExecutionError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run was started.
 *
 * @param inputs its inputs, checked, with defaults
 * @param event what {@code trigger} is; the inputs when started by hand
 * @param trigger id of the only trigger node that fired; null for all
 * @param tenant tenant; empty is none
 * @param attributes texts to find it by
 * @param error what {@code error} is in an error flow; null otherwise
 * @param depth how many sub-flow or error-flow levels up the first run is
 * @param listener told of its end
 */
public record Start(
    Map<String, Object> inputs,
    @Nullable Object event,
    @Nullable String trigger,
    String tenant,
    Map<String, String> attributes,
    @Nullable ExecutionError error,
    int depth,
    EndListener listener) {

  /** Told of a run's end. */
  @FunctionalInterface
  public interface EndListener {
    /** Nobody wants to know. */
    EndListener NONE = run -> {};

    void ended(Run run);
  }
}
