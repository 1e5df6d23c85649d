package io.flowforge.execution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a node run or an execution failed.
 *
 * @param code stable code such as {@code FF-TIMEOUT}, or the action's own
 * @param message one sentence, without secrets
 * @param node address of the node run that failed; null when no node did
 * @param details a few facts as plain values
 */
public record ExecutionError(
    String code, String message, @Nullable String node, Map<String, Object> details) {

  /** Copies the details. */
  public ExecutionError {
    details =
        details.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /**
   * An error without details.
   *
   * @param code stable code
   * @param message one sentence
   * @param node address of the node run, or null
   * @return the error
   */
  public static ExecutionError of(String code, String message, @Nullable String node) {
    return new ExecutionError(code, message, node, Map.of());
  }

  /**
   * The plain value that expressions see as {@code error}.
   *
   * @return {@code {code, message, node, details}}, the last two only when there
   */
  public Map<String, Object> toValue() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("code", code);
    value.put("message", message);
    if (node != null) {
      value.put("node", node);
    }
    if (!details.isEmpty()) {
      value.put("details", details);
    }
    return Collections.unmodifiableMap(value);
  }
}
