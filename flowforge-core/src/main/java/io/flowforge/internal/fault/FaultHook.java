package io.flowforge.internal.fault;

import java.util.function.Consumer;

/** Does something at fault points; found by {@link java.util.ServiceLoader}, in tests alone. */
public interface FaultHook {
  /**
   * Says what is to be done.
   *
   * @param setting the value of the system property {@link FaultPoints#PROPERTY}
   * @return told of each point that is reached, on the thread that reaches it
   * @throws IllegalArgumentException when it does not know the setting
   */
  Consumer<String> hook(String setting);
}
