package io.flowforge.testkit.internal.crash;

import io.flowforge.internal.fault.FaultHook;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Counts fault points or ends the process at one of them.
 *
 * <p>{@code count:FILE} appends the name of each point that is reached to a file, a line each.
 * {@code halt:POINT:N} ends the process with status 137, as a kill does, when the point is reached
 * for the N-th time: nothing is flushed, closed or finished.
 */
public final class CrashHook implements FaultHook {
  private static final String FORMS = "count:FILE or halt:POINT:N";

  /** For ServiceLoader. */
  public CrashHook() {}

  @Override
  public Consumer<String> hook(String setting) {
    int colon = setting.indexOf(':');
    String mode = colon < 0 ? setting : setting.substring(0, colon);
    String rest = setting.substring(colon + 1);
    return switch (mode) {
      case "count" -> new CountedPoints(Path.of(rest));
      case "halt" -> halt(rest);
      default -> throw unknown(setting);
    };
  }

  private static Consumer<String> halt(String rest) {
    int colon = rest.lastIndexOf(':');
    try {
      long times = Long.parseLong(rest.substring(colon + 1));
      if (colon > 0 && times > 0) {
        return new DeadlyPoint(rest.substring(0, colon), times);
      }
    } catch (NumberFormatException ignored) {
      // Told below, with the rest of what is wrong.
    }
    throw unknown("halt:" + rest);
  }

  private static IllegalArgumentException unknown(String setting) {
    return new IllegalArgumentException(
        "the property flowforge.faults must be " + FORMS + ", was \"" + setting + "\"");
  }
}
