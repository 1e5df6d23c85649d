package io.flowforge.internal.fault;

import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Named points between the steps of what must survive a crash.
 *
 * <p>Nothing happens there, unless the system property {@value #PROPERTY} is set when this class is
 * loaded and a {@link FaultHook} is on the class path or module path. The testkit has one, hosts
 * have none; so an application cannot be made to fail by a property alone.
 */
public final class FaultPoints {
  /** Says what shall happen at the points; the hook knows its form. */
  public static final String PROPERTY = "flowforge.faults";

  // Constants, so that nothing of them is left in compiled code when nothing is to happen.
  private static final @Nullable Consumer<String> HOOK = hook();

  /** Whether something happens at points; for points whose name costs something to find. */
  public static final boolean ON = HOOK != null;

  private FaultPoints() {}

  /**
   * Reaches a point.
   *
   * @param point its name, such as {@code store.commit.before}
   */
  public static void hit(String point) {
    if (HOOK != null) {
      HOOK.accept(point);
    }
  }

  private static @Nullable Consumer<String> hook() {
    String setting = System.getProperty(PROPERTY);
    if (setting == null) {
      return null;
    }
    return ServiceLoader.load(FaultHook.class, FaultHook.class.getClassLoader())
        .findFirst()
        .map(hook -> hook.hook(setting))
        .orElse(null);
  }
}
