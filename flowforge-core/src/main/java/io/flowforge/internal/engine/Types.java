package io.flowforge.internal.engine;

import io.flowforge.internal.binding.ConfigType;
import io.flowforge.internal.control.ControlNodes;
import io.flowforge.internal.plan.NodeTypes;
import io.flowforge.spi.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The node types of one engine. */
final class Types implements NodeTypes {
  private final Map<String, Known> known = new HashMap<>();

  private Types() {}

  static Types of(EngineOptions options) {
    Types types = new Types();
    ControlNodes.all().forEach(action -> types.add(action, false));
    options.actions.forEach(action -> types.add(action, false));
    return types;
  }

  @SuppressWarnings("unchecked")
  private void add(Action<?> action, boolean trigger) {
    Action<Object> any = (Action<Object>) action;
    Known entry = new Known(any, ConfigType.of(any.descriptor().config()), trigger);
    known.put(any.descriptor().type(), entry);
    any.descriptor().aliases().forEach(alias -> known.put(alias, entry));
  }

  @Override
  public @Nullable Known find(String type) {
    return known.get(type);
  }

  @Override
  public String unknown(String type) {
    return "unknown type " + type;
  }

  List<String> complaints() {
    return List.of();
  }

  void close() {}
}
