package io.flowforge.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node's output together with the port it leaves through.
 *
 * @param port one of the action's declared ports
 * @param value the output
 */
public record Output(String port, @Nullable Object value) {
  /** Checks the port. */
  public Output {
    Objects.requireNonNull(port, "port");
  }

  /**
   * An output on a port.
   *
   * @param port one of the action's declared ports
   * @param value the output
   * @return both
   */
  public static Output on(String port, @Nullable Object value) {
    return new Output(port, value);
  }
}
