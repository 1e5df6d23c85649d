package io.flowforge.internal.engine;

import io.flowforge.internal.binding.ActionRegistry;
import io.flowforge.internal.binding.BrokenPlugin;
import io.flowforge.internal.binding.Registered;
import io.flowforge.internal.binding.TriggerNodes;
import io.flowforge.internal.control.ControlNodes;
import io.flowforge.internal.plan.NodeTypes;
import io.flowforge.spi.Action;
import io.flowforge.spi.NodeType;
import io.flowforge.spi.Trigger;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node types of one engine: its own, those of the host, and those that were discovered. */
final class Types implements NodeTypes {
  private static final Logger LOG = LoggerFactory.getLogger(Types.class);

  private final ActionRegistry registry;
  private final Set<String> limited;
  private final IdentityHashMap<Registered<Object>, Known> known = new IdentityHashMap<>();

  private Types(ActionRegistry registry, Set<String> limited) {
    this.registry = registry;
    this.limited = Set.copyOf(limited);
    for (Registered<Object> one : registry.all()) {
      known.put(one, Known.of(one.action(), one.config(), one.isTrigger()));
    }
  }

  static Types of(EngineOptions options) {
    ActionRegistry.Builder builder =
        ActionRegistry.builder().discoverPlugins(options.discoverPlugins);
    ControlNodes.all().forEach(builder::control);
    TriggerNodes.all().forEach(builder::triggerByName);
    options.actions.forEach(builder::action);
    options.triggers.forEach(builder::trigger);
    return new Types(builder.build(), options.typeLimits.keySet());
  }

  @Override
  public @Nullable Known find(String type) {
    Registered<Object> found = registry.find(type);
    return found == null ? null : known.get(found);
  }

  @Override
  public boolean limited(String type) {
    return limited.contains(type);
  }

  @Override
  public ActionRegistry.Unknown unknown(String type) {
    return registry.unknown(type);
  }

  /** What starts flows with nodes of a type; null when nothing does. */
  @Nullable Trigger<Object> trigger(String type) {
    Registered<Object> found = registry.find(type);
    return found == null ? null : found.trigger();
  }

  boolean hasTriggers() {
    return registry.all().stream().anyMatch(one -> one.trigger() != null);
  }

  List<NodeType> catalog() {
    return registry.catalog();
  }

  List<String> complaints() {
    return registry.broken().stream().map(BrokenPlugin::complaint).toList();
  }

  /** Closes the actions that hold something. */
  void close() {
    for (Registered<Object> one : registry.all()) {
      Action<Object> action = one.action();
      if (action instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception failed) {
          LOG.warn("closing the action of type {} failed", one.type().type(), failed);
        }
      }
    }
  }
}
