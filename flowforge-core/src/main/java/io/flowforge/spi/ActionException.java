package io.flowforge.spi;

import io.flowforge.FlowForgeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure of an action, with a code that flows can retry on and route by.
 *
 * <p>Any other exception of an action becomes code {@code FF-ACTION-FAILED}, retryable.
 */
public final class ActionException extends FlowForgeException {
  private static final long serialVersionUID = 1L;

  private ActionException(
      String code,
      String message,
      Map<String, ?> details,
      boolean retryable,
      @Nullable Throwable cause) {
    super(code, message, details, retryable, cause);
  }

  /**
   * A failure that trying again will not mend.
   *
   * @param code stable code
   * @param message what, the value, what is allowed, what to do; never a secret
   * @return the failure
   */
  public static ActionException permanent(String code, String message) {
    return new ActionException(code, message, Map.of(), false, null);
  }

  /**
   * A failure that may pass by itself.
   *
   * @param code stable code
   * @param message what happened; never a secret
   * @return the failure
   */
  public static ActionException transientFailure(String code, String message) {
    return new ActionException(code, message, Map.of(), true, null);
  }

  /**
   * A copy with facts that flows can read as <code>${node.error.details}</code>.
   *
   * @param facts plain values; never a secret
   * @return the copy
   */
  public ActionException withDetails(Map<String, ?> facts) {
    return new ActionException(code(), getMessage(), facts, retryable(), getCause());
  }

  /**
   * A copy with a cause, for logs.
   *
   * @param cause what led to it
   * @return the copy
   */
  public ActionException withCause(Throwable cause) {
    return new ActionException(code(), getMessage(), details(), retryable(), cause);
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? code() : message;
  }
}
