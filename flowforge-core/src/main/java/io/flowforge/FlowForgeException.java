package io.flowforge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The root of all failures that FlowForge reports.
 *
 * <p>Every failure has a stable {@link #code()}, a message that names the value, the bound, the
 * place and the cure, and never a secret or a payload.
 */
public class FlowForgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The code. */
  private final String code;

  /** Facts beside the message. */
  private final transient Map<String, Object> details;

  /** Whether trying again may help. */
  private final boolean retryable;

  /**
   * A failure.
   *
   * @param code stable code, {@code FF-…} for FlowForge's own
   * @param message what, the value, what is allowed, where, what to do
   */
  public FlowForgeException(String code, String message) {
    this(code, message, Map.of(), false, null);
  }

  /**
   * A failure with all it can carry.
   *
   * @param code stable code, {@code FF-…} for FlowForge's own
   * @param message what, the value, what is allowed, where, what to do
   * @param details a few facts beside the message: ids, limits, actual values
   * @param retryable whether trying again may help
   * @param cause what led to it, or null
   */
  public FlowForgeException(
      String code,
      String message,
      Map<String, ? extends @Nullable Object> details,
      boolean retryable,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.details = Collections.unmodifiableMap(new LinkedHashMap<String, Object>(details));
    this.retryable = retryable;
  }

  /**
   * The stable code.
   *
   * @return code such as {@code FF-TIMEOUT}
   */
  public final String code() {
    return code;
  }

  /**
   * A few facts beside the message.
   *
   * @return unmodifiable map of plain values; empty after Java serialization
   */
  public final Map<String, Object> details() {
    return details == null ? Map.of() : details;
  }

  /**
   * Whether trying again may help.
   *
   * @return true when the cause may pass by itself
   */
  public final boolean retryable() {
    return retryable;
  }

  /**
   * Where this code is explained.
   *
   * @return path into the documentation
   */
  public final String help() {
    return "docs/troubleshooting.md#" + code.toLowerCase(java.util.Locale.ROOT);
  }
}
