package io.flowforge.internal.binding;

import io.flowforge.spi.Action;
import io.flowforge.spi.ActionDescriptor;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A node type that flows may use, with all that planning and running it takes.
 *
 * @param type how the catalog lists it
 * @param config its config
 * @param action what runs; of a trigger, what gives the event
 * @param trigger what starts flows; null for other kinds, and for triggers that are only known by
 *     name
 * @param <C> the config record
 */
public record Registered<C>(
    NodeType type, ConfigType<C> config, Action<C> action, @Nullable Trigger<C> trigger) {

  static <C> Registered<C> of(NodeType.Kind kind, Action<C> action) {
    ActionDescriptor<C> descriptor = action.descriptor();
    return new Registered<>(kind, descriptor, action, null);
  }

  static <C> Registered<C> of(Trigger<C> trigger) {
    ActionDescriptor<C> descriptor = trigger.descriptor().node();
    return new Registered<>(
        NodeType.Kind.TRIGGER, descriptor, new TriggerNodes.Event<>(descriptor), trigger);
  }

  private Registered(
      NodeType.Kind kind,
      ActionDescriptor<C> descriptor,
      Action<C> action,
      @Nullable Trigger<C> trigger) {
    this(kind, descriptor, ConfigType.of(descriptor.config()), action, trigger);
  }

  private Registered(
      NodeType.Kind kind,
      ActionDescriptor<C> descriptor,
      ConfigType<C> config,
      Action<C> action,
      @Nullable Trigger<C> trigger) {
    this(NodeType.of(kind, descriptor, config.jsonSchema()), config, action, trigger);
  }

  /** Whether a node of the type stands for the event that starts the flow. */
  public boolean isTrigger() {
    return type.kind() == NodeType.Kind.TRIGGER;
  }
}
