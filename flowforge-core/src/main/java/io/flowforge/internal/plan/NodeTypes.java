package io.flowforge.internal.plan;

import io.flowforge.internal.binding.ActionRegistry;
import io.flowforge.internal.binding.ConfigType;
import io.flowforge.spi.Action;
import io.flowforge.spi.ActionDescriptor;
import org.jspecify.annotations.Nullable;

/** The node types that a flow is planned with. */
public interface NodeTypes {
  /** A known type. */
  record Known(
      Action<Object> action,
      ActionDescriptor<?> descriptor,
      ConfigType<Object> config,
      boolean trigger) {

    /** Asks the action for its description once: making one is not free. */
    public static Known of(Action<Object> action, ConfigType<Object> config, boolean trigger) {
      return new Known(action, action.descriptor(), config, trigger);
    }

    String type() {
      return descriptor.type();
    }
  }

  /** The type of a name or alias; null when there is none. */
  @Nullable Known find(String type);

  /** Whether only so many nodes of a type may run at once. */
  default boolean limited(String type) {
    return false;
  }

  /** Why a type is not known, with the nearest name. */
  ActionRegistry.Unknown unknown(String type);
}
