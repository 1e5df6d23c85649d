package io.flowforge.testkit.internal.crash;

import io.flowforge.internal.fault.FaultHook;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Counts fault points or ends the process at one of them.
 *
 * <p>{@code count:FILE} appends the name of each point that is reached to a file, a line each.
 * {@code halt:POINT:N} ends the process with status 137, as a kill does, when the point is reached
 * for the N-th time: nothing is flushed, closed or finished. {@code stop:POINT:N} stops it there,
 * until somebody tells it to go on.
 */
public final class CrashHook implements FaultHook {
  private static final String FORMS = "count:FILE, halt:POINT:N or stop:POINT:N";

  /** For ServiceLoader. */
  public CrashHook() {}

  @Override
  public Consumer<String> hook(String setting) {
    int colon = setting.indexOf(':');
    String mode = colon < 0 ? setting : setting.substring(0, colon);
    String rest = setting.substring(colon + 1);
    return switch (mode) {
      case "count" -> new CountedPoints(Path.of(rest));
      case "halt" -> at(setting, rest, DeadlyPoint::new);
      case "stop" -> at(setting, rest, StoppingPoint::new);
      default -> throw unknown(setting);
    };
  }

  private interface Deed {
    Consumer<String> at(String point, long times);
  }

  private static Consumer<String> at(String setting, String rest, Deed deed) {
    int colon = rest.lastIndexOf(':');
    try {
      long times = Long.parseLong(rest.substring(colon + 1));
      if (colon > 0 && times > 0) {
        return deed.at(rest.substring(0, colon), times);
      }
    } catch (NumberFormatException ignored) {
      // Told below, with the rest of what is wrong.
    }
    throw unknown(setting);
  }

  private static IllegalArgumentException unknown(String setting) {
    return new IllegalArgumentException(
        "the property flowforge.faults must be " + FORMS + ", was \"" + setting + "\"");
  }
}
