package io.flowforge.spi.store;

import io.flowforge.FlowForgeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store could not do what it was asked to. Code {@code FF-STORE-UNAVAILABLE} for {@link
 * Kind#TRANSIENT} and {@link Kind#UNKNOWN}, and a code of the store's own choice otherwise.
 */
public final class StoreException extends FlowForgeException {
  private static final long serialVersionUID = 1L;

  /** What may be done about it. */
  public enum Kind {
    /** Nothing was written; the same call may succeed later. */
    TRANSIENT,
    /** Whether it was written is not known; the same call again tells. */
    UNKNOWN,
    /** Nothing was written, and the same call will never succeed. */
    FATAL
  }

  private final Kind kind;

  /**
   * Makes one.
   *
   * @param kind what may be done about it
   * @param code {@code FF-} and capitals
   * @param message what happened and what helps; without values of users
   * @param cause the driver's exception, or null
   */
  public StoreException(Kind kind, String code, String message, @Nullable Throwable cause) {
    super(code, message, Map.of(), kind != Kind.FATAL, cause);
    this.kind = kind;
  }

  /**
   * The store is out of reach or busy, and nothing was written.
   *
   * @param message what happened
   * @param cause the driver's exception, or null
   * @return the exception
   */
  public static StoreException unavailable(String message, @Nullable Throwable cause) {
    return new StoreException(Kind.TRANSIENT, "FF-STORE-UNAVAILABLE", message, cause);
  }

  /**
   * The connection was lost while a write was being committed.
   *
   * @param message what happened
   * @param cause the driver's exception, or null
   * @return the exception
   */
  public static StoreException unknown(String message, @Nullable Throwable cause) {
    return new StoreException(Kind.UNKNOWN, "FF-STORE-UNAVAILABLE", message, cause);
  }

  /**
   * What may be done about it.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }
}
